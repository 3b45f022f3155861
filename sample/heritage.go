package sample

import "sync"

// heritage is a tradition of names with what goes with it. Share is its part of
// the people made: a judgement, informed by the size of the groups in the 2021
// Census of England and Wales and the 2022 Census of Scotland. It says nothing
// of who comes to police notice.
type heritage struct {
	name      string
	share     float64
	ethnicity string // self-defined, 18+1
	nation    string // nationality of those not British, ISO 3166 alpha-3
	foreign   float64
	born      []string // places of birth abroad
	english   float64  // part given an English given name
	newYear   float64  // part of those born abroad registered as born on 1 January
	form      form
	nations   string  // parts of the United Kingdom most live in, "" for any
	given     [2]pool // men, women
	surname   pool
}

// form says how a tradition makes a full name.
type form uint8

const (
	plain       form = iota // given, middle, family name
	muslimSouth             // women often Bibi, Begum, Akhtar; men often Mohammed first
	sikhName                // Singh or Kaur in the middle or last
	slavic                  // -ski becomes -ska for women
	chain                   // own, father's and grandfather's name; no family name
	arabicName              // chain or family name with its article
	chineseName             // two-part given names; many go by an English name too
	vietName                // Van or Thi in the middle
	iberian                 // two family names, particles
	gaelic                  // Mc, Mac, O'
)

var heritages = sync.OnceValue(func() []heritage {
	hs := []heritage{
		{name: "english", share: 0.600, ethnicity: "W1"},
		{name: "scottish", share: 0.070, ethnicity: "W1", form: gaelic, nations: "S"},
		{name: "welsh", share: 0.045, ethnicity: "W1", nations: "W"},
		{name: "irish", share: 0.040, ethnicity: "W2", nation: "IRL", foreign: 0.3, born: []string{"Dublin", "Cork", "Letterkenny", "Galway"}, form: gaelic, nations: "N"},
		{name: "pakistani", share: 0.042, ethnicity: "A2", nation: "PAK", foreign: 0.15, born: []string{"Mirpur", "Lahore", "Islamabad"}, newYear: 0.15, form: muslimSouth},
		{name: "indian", share: 0.022, ethnicity: "A1", nation: "IND", foreign: 0.2, born: []string{"Ahmedabad", "Mumbai", "Delhi"}},
		{name: "sikh", share: 0.013, ethnicity: "A1", nation: "IND", foreign: 0.2, born: []string{"Jalandhar", "Amritsar"}, form: sikhName},
		{name: "bangladeshi", share: 0.018, ethnicity: "A3", nation: "BGD", foreign: 0.15, born: []string{"Sylhet", "Dhaka"}, newYear: 0.2, form: muslimSouth},
		{name: "polish", share: 0.025, ethnicity: "W9", nation: "POL", foreign: 0.8, born: []string{"Warszawa", "Łódź", "Gdańsk"}, english: 0.02, form: slavic},
		{name: "romanian", share: 0.020, ethnicity: "W9", nation: "ROU", foreign: 0.9, born: []string{"București", "Iași", "Cluj-Napoca"}},
		{name: "arabic", share: 0.016, ethnicity: "O2", nation: "SYR", foreign: 0.4, born: []string{"Damascus", "Baghdad", "Cairo"}, newYear: 0.15, form: arabicName},
		{name: "west-african", share: 0.028, ethnicity: "B2", nation: "NGA", foreign: 0.25, born: []string{"Lagos", "Kumasi", "Accra"}, english: 0.1},
		{name: "horn", share: 0.011, ethnicity: "B2", nation: "SOM", foreign: 0.35, born: []string{"Mogadishu", "Hargeisa", "Asmara"}, newYear: 0.3, form: chain},
		{name: "chinese", share: 0.010, ethnicity: "A4", nation: "CHN", foreign: 0.4, born: []string{"Hong Kong", "Fuzhou", "Shanghai"}, form: chineseName},
		{name: "caribbean", share: 0.022, ethnicity: "B1", nation: "JAM", foreign: 0.08, born: []string{"Kingston", "Bridgetown"}, english: 0.3},
		{name: "portuguese", share: 0.009, ethnicity: "W9", nation: "PRT", foreign: 0.7, born: []string{"Lisboa", "Funchal", "Porto"}, form: iberian},
		{name: "vietnamese", share: 0.004, ethnicity: "A9", nation: "VNM", foreign: 0.5, born: []string{"Hai Phong", "Ha Noi"}, form: vietName},
		{name: "albanian", share: 0.005, ethnicity: "W9", nation: "ALB", foreign: 0.6, born: []string{"Tirana", "Shkodër"}},
	}
	for i := range hs {
		s := sections("names/" + hs[i].name + ".txt")
		hs[i].given = [2]pool{newPool(s["m"], 6), newPool(s["f"], 6)}
		flat := 4.0 // a few surnames for many people, as in Wales
		switch hs[i].name {
		case "english":
			flat = 9
		case "scottish", "irish", "caribbean":
			flat = 20
		}
		hs[i].surname = newPool(s["s"], flat)
	}
	return hs
})

// heritageSlots spreads the shares over 1000 slots.
var heritageSlots = sync.OnceValue(func() []*heritage {
	hs := heritages()
	out := make([]*heritage, 0, 1000)
	run := 0.0
	for i := range hs {
		run += hs[i].share
		for n := int(float64(run*1000) + 0.5); len(out) < n; {
			out = append(out, &hs[i])
		}
	}
	return out
})

func drawHeritage(r *stream) *heritage { s := heritageSlots(); return s[r.below(len(s))] }

func englishNames() *heritage { return &heritages()[0] }
