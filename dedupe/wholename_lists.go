package dedupe

import "strings"

func words(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// Particles of surnames and words for "son of", in the languages that police
// records meet most. As a first word they may be a name: Van Morrison, Le Duc Anh.
var nameParticles = words(`VAN VON DER DEN DE DA DAS DO DOS DI DEL DELLA DELLO DU LA LE LAS LOS TER TEN ZU ZUM ZUR AF AV
	BEN BT WALAD OULD AP AB FERCH VERCH Y E KYZY KIZI OGLU OGLY UGLI UULU UR AS AZ AD AN ASH UL`)

// Articles and words for son, daughter and father that are never a name alone.
var articles = words(`AL EL BIN IBN BINT BINTI ABU`)

// The article as it is written after Abd: before some letters it takes their sound.
var servantArticles = words(`AL EL UL UR AR US AS UN AN`)

// Those that stand between a child's name and the father's.
var descentWords = words(`BIN IBN BINT BINTI BEN BT WALAD OULD AP AB FERCH VERCH`)

// Titles that are hardly ever names.
var nameTitles = words(`MR MRS MISS MS MX DR DOCTOR PROF PROFESSOR REV REVD REVEREND SIR LADY LORD DAME PC DC PS DS SGT INSP CLLR CAPT CAPTAIN
	COL COLONEL LT LIEUTENANT PRESIDENT IMAM RABBI MULLAH MAULANA MAWLANA MAULVI AYATOLLAH USTAD SHEIKH SHAIKH SHAYKH SHEIK HAJI HAJJI HADJI
	SRI SHRI SMT PANDIT HERR FRAU MONSIEUR MME SENOR SENORA SR SRA`)

// Titles that are names too: left out they count for little, and against
// another word for as much as any.
var softTitles = words(`MASTER MAJ MAJOR GEN GENERAL MAYOR PRINCE PRINCESS KING QUEEN DON DONA FR HAJ HAJJ SAYYID SEYYED SYED SAYED`)
