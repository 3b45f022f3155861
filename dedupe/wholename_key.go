package dedupe

// spellingKey writes alike what several languages and transcriptions write for
// one sound: PH and F, SCH and SH, CK and K, W and V, EI and IE, doubled letters.
// It keeps far more of a word than a phonetic code does. The word is folded.
func spellingKey(s string) string {
	var space [2 * maxWordRunes]byte
	b := space[:0]
	// Abdurrahman is Abdulrahman: the article takes the sound that follows.
	if len(s) > 7 && (s[:4] == "ABDU" || s[:4] == "ABDE" || s[:4] == "ABDA") && (s[4] == s[5] || s[4] == 'L') {
		b = append(b, "ABDUL"...)
		s = s[5:]
	}
	for i := 0; i < len(s); {
		to, n := soundAt(s, i)
		i += n
		for k := range len(to) {
			if len(b) == 0 || b[len(b)-1] != to[k] {
				b = append(b, to[k])
			}
		}
	}
	return string(b)
}

// soundAt gives the letters written for what stands at i, and how many it takes.
func soundAt(s string, i int) (to string, n int) {
	for n = min(7, len(s)-i); n > 1; n-- {
		if to, ok := soundGroups[s[i:i+n]]; ok {
			return to, n
		}
	}
	switch s[i] {
	case 'C':
		if i+1 < len(s) && (s[i+1] == 'E' || s[i+1] == 'I' || s[i+1] == 'Y') {
			return "S", 1
		}
		return "K", 1
	case 'Q':
		return "K", 1
	case 'W':
		return "V", 1
	case 'X':
		return "KS", 1
	case 'Y':
		return "I", 1
	}
	return s[i : i+1], 1
}

// soundGroups are letters that stand for one sound together. C is the sound of
// CH in church here, since the letter is written S or K.
var soundGroups = map[string]string{
	"SCHTSCH": "SC", "SHCH": "SC", "SZCZ": "SC", "TSCH": "C", "TCH": "C", "CH": "C", "CZ": "C", "SCH": "S", "SH": "S", "SZ": "S",
	"ZH": "J", "DZH": "J", "DJ": "J", "DSCH": "J", "PH": "F", "CK": "K", "KH": "H", "TH": "T", "GH": "G", "DH": "D", "BH": "B", "DT": "T", "TZ": "TS",
	"QU": "KV", "OU": "U", "OO": "U", "EE": "I", "EI": "I", "IE": "I", "EY": "I", "IY": "I", "YI": "I", "IJ": "I", "YJ": "I", "YY": "I", "AE": "E", "OE": "O", "UE": "U",
	"IU": "IU", "JU": "IU", "YU": "IU", "IA": "IA", "JA": "IA", "YA": "IA", "JE": "IE", "YE": "IE", "JO": "IO", "YO": "IO",
}
