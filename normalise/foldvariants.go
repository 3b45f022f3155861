package normalise

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// umlauts are the spellings without marks that German, Swedish, Danish and
// others have besides the bare letter.
var umlauts = strings.NewReplacer("Ä", "AE", "ä", "ae", "Ö", "OE", "ö", "oe", "Ü", "UE", "ü", "ue", "Å", "AA", "å", "aa", "Ø", "OE", "ø", "oe")

// FoldVariants gives the folded forms of a name: that of FoldName, and where it
// has Ä, Ö, Ü, Å or Ø a second with those spelt AE, OE, UE, AA and OE. Müller is
// MULLER and MUELLER; but Mueller is MUELLER alone, since UE may be two sounds.
func FoldVariants(name string) []string {
	first := FoldName(name)
	if isFolded(name) {
		return []string{first}
	}
	if second := FoldName(umlauts.Replace(norm.NFC.String(name))); second != first {
		return []string{first, second}
	}
	return []string{first}
}
