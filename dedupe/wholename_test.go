package dedupe

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func ExampleCompareNames() {
	for _, with := range []string{"Wintle, Bill", "W. Wintle", "William Wintel", "Tom Wintle"} {
		fmt.Println(CompareNames("William Wintle", with))
	}
	// Output:
	// nickname or variant (0.79): W***~B*** nickname or variant, W***~W*** same
	// initials agree (0.78): W***~W*** initials agree, W***~W*** same
	// a letter apart (0.92): W***~W*** same, W***~W*** a letter apart
	// differs (0.20): W***~T*** differs, W***~W*** same
}

// nameRows are pairs of names made up for the purpose: what is between them,
// and in what range the similarity lies.
var nameRows = []struct {
	a, b   string
	lo, hi float64
	level  NameLevel
	why    string
}{
	{"Sarah Wintle", "SARAH  WINTLE", 1, 1, NamesSame, "case and spaces are nothing"},
	{"Zoë Brontë-Hale", "Zoe Bronte Hale", 1, 1, NamesSame, "nor accents and hyphens"},
	{"Wintle, Sarah", "Sarah Wintle", 0.95, 0.99, NamesReordered, "the order is free"},
	{"Ali Hassan", "Hassan Ali", 0.95, 0.99, NamesReordered, "where either may be the surname too"},
	{"Bill Harker", "William Harker", 0.75, 0.95, NamesVariant, "a nickname"},
	{"W Harker", "William Harker", 0.7, 0.85, NamesInitials, "an initial tells little"},
	{"TJ Harker", "Thomas James Harker", 0.6, 0.85, NamesInitials, "initials run together"},
	{"Harker, W", "Peter Harker", 0, 0.3, NamesDiffer, "an initial that contradicts"},
	{"Sarah Jane Wintle", "Sarah J Wintle", 0.85, 0.99, NamesInitials, "a middle initial"},
	{"Sarah Jane Wintle", "Sarah Wintle", 0.8, 0.95, NamesPart, "a middle name left out is mild"},
	{"Sarah Jane Wintle", "Sarah Ann Wintle", 0.1, 0.4, NamesDiffer, "two middle names are not"},
	{"Harker", "William Harker", 0.3, 0.6, NamesPart, "one word is thin"},
	{"Ann Smith-Jones", "Ann Smith", 0.7, 0.9, NamesPart, "half of a double surname"},
	{"Maria Lopez Ruiz", "Maria Ruiz", 0.7, 0.95, NamesPart, "the other half"},
	{"Sarah Wintle", "Tom Wintle", 0, 0.3, NamesDiffer, "same surname, wholly different forename"},
	{"Sarah Wintle", "Sarah Okafor", 0, 0.3, NamesDiffer, "same forename, wholly different surname"},
	{"Sarah Wintle", "Tom Okafor", 0, 0.1, NamesDiffer, "nothing in common"},
	{"Sarah Hollingworth", "Sarah Holingworth", 0.95, 0.999, NamesLetterApart, "one of a double letter in a long word"},
	{"Jhon Halewood", "John Halewood", 0.75, 0.95, NamesLetterApart, "letters exchanged"},
	{"Li Na", "Li Ma", 0, 0.3, NamesDiffer, "two letters: never a spelling"},
	{"Andrew Fox", "Andrew Cox", 0, 0.45, NamesDiffer, "three letters: hardly one"},
	{"J0hn Ha1ewood", "John Halewood", 0.9, 0.99, NamesLetterApart, "digits read for letters"},
	{"Philip Wagner", "Filip Vagner", 0.85, 0.999, NamesTransliterated, "PH and F, W and V"},
	{"Katherine Schmidt", "Catherine Schmitt", 0.85, 0.99, NamesLetterApart, "C and K, DT and TT"},
	{"Мария Кузнецова", "Maria Kuznetsova", 0.95, 0.999, NamesTransliterated, "Cyrillic"},
	{"Ιωάννης Παπαδάκης", "Ioannis Papadakis", 0.95, 0.999, NamesTransliterated, "Greek"},
	{"محمد احمد", "Mohammed Ahmed", 0.8, 0.99, NamesTransliterated, "Arabic, which has no short vowels"},
	{"王小明", "Wang Xiaoming", 0.9, 0.99, NamesTransliterated, "Chinese, written without spaces"},
	{"王小明", "王小红", 0, 0.45, NamesDiffer, "one sign of three is another name"},
	{"김민수", "김민주", 0, 0.45, NamesDiffer, "so is one syllable of three"},
	{"Mohammed Ashraf", "Muhammad Ashraf", 0.85, 0.99, NamesSound, "vowels by ear"},
	{"Abdul Rahman Siddiqi", "Abdulrahman Siddiqi", 0.95, 0.999, NamesSame, "one word or two"},
	{"Abd al-Rahman Siddiqi", "Abdurrahman Siddiqi", 0.9, 0.999, NamesLetterApart, "the article takes the sound that follows"},
	{"Pieter van der Meulen", "Meulen, Pieter", 0.85, 0.97, NamesReordered, "particles left out"},
	{"Pieter van der Meulen", "Pieter Vandermeulen", 0.95, 0.999, NamesSame, "particles joined on"},
	{"Huda Al-Masri", "Huda Masri", 0.95, 0.999, NamesSame, "the article left out"},
	{"Omar bin Zayd Haddad", "Zayd bin Omar Haddad", 0, 0.4, NamesDiffer, "father and son"},
	{"bin Zayd, Omar", "Omar bin Zayd", 0.9, 0.99, NamesReordered, "the surname first is no exchange"},
	{"John Hale Jr", "John Hale II", 1, 1, NamesSame, "both are the second"},
	{"John Hale Jr", "John Hale Sr", 0, 0.4, NamesDiffer, "father and son"},
	{"John Hale Jr", "John Hale", 0.8, 0.95, NamesSame, "on one side only"},
	{"Dr John Hale", "John Hale", 0.95, 0.999, NamesSame, "a title"},
	{"Major John Hale", "John Hale", 0.9, 0.999, NamesSame, "a title that may be a name"},
	{"Don Hale", "Ron Hale", 0, 0.4, NamesDiffer, "a name that may be a title"},
	{"Stephen King", "Stephen Queen", 0, 0.3, NamesDiffer, "surnames that are titles elsewhere"},
	{"Le Duc Anh", "Ho Duc Anh", 0, 0.4, NamesDiffer, "a surname that is a particle elsewhere"},
	{"Björk Jónsdóttir", "Björk Tómasdóttir", 0, 0.45, NamesDiffer, "an ending that half the country has is no agreement"},
	{"Siobhán O'Neill", "Siobhan ONeill", 1, 1, NamesSame, "an apostrophe"},
	{"Angus McDonald", "Angus MacDonald", 0.85, 0.99, NamesLetterApart, "Mc and Mac"},
	{"", "Sarah Wintle", 0, 0, NamesMissing, "nothing to compare"},
	{"...", "?", 0, 0, NamesMissing, "no letters"},
}

func TestCompareNames(t *testing.T) {
	for _, r := range nameRows {
		c := CompareNames(r.a, r.b)
		if c.Similarity < r.lo || c.Similarity > r.hi || c.Level != r.level {
			t.Errorf("%q and %q (%s): %v, want %v in [%v, %v]", r.a, r.b, r.why, c, r.level, r.lo, r.hi)
		}
	}
}

// checkNames tests what holds of any two texts.
func checkNames(t *testing.T, a, b string) {
	t.Helper()
	c, d := CompareNames(a, b), CompareNames(b, a)
	if c.Similarity != d.Similarity || c.Level != d.Level || c.Cut != d.Cut || len(c.Words) != len(d.Words) {
		t.Fatalf("%q and %q: %v one way round, %v the other", a, b, c, d)
	}
	exchanged := map[NameWord]int{}
	for _, w := range c.Words {
		exchanged[w]++
	}
	for _, w := range d.Words {
		exchanged[NameWord{w.B, w.A, w.Level, w.Similarity}]--
	}
	for _, n := range exchanged {
		if n != 0 {
			t.Fatalf("%q and %q: the words of one way round are not those of the other: %v, %v", a, b, c, d)
		}
	}
	if !(c.Similarity >= 0 && c.Similarity <= 1) || (c.Level == NamesMissing) != (len(c.Words) == 0) {
		t.Fatalf("%q and %q: %v", a, b, c)
	}
	for _, w := range c.Words {
		if utf8.ValidString(a+b) && utf8.RuneCountInString(w.A) > 1 && strings.Trim(w.A, "0123456789") == w.A && strings.Contains(c.String(), w.A) {
			t.Fatalf("%q stands in %v", w.A, c)
		}
	}
	if s := CompareNames(a, a); s.Level != NamesMissing && (s.Similarity != 1 || s.Level != NamesSame) {
		t.Fatalf("%q and itself: %v", a, s)
	}
}

func TestCompareNamesProperties(t *testing.T) {
	for _, r := range nameRows {
		for _, s := range nameRows {
			checkNames(t, r.a, s.b)
		}
	}
}

// Exchanging the words of one name never makes it more like another that has
// them in order, and makes it little less like.
func TestNameOrderIsFree(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for _, name := range []string{"Sarah Wintle", "Sarah Jane Wintle", "Ngozi Adaeze Okafor Eze", "Мария Ивановна Кузнецова"} {
		words := strings.Fields(name)
		for range 20 {
			rng.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			c := CompareNames(name, strings.Join(words, " "))
			if c.Similarity < 0.95 || c.Similarity > 1 || (c.Similarity == 1) != (strings.Join(words, " ") == name) {
				t.Errorf("%q and %q: %v", name, words, c)
			}
		}
	}
}

// The assignment is as cheap as the cheapest of all.
func TestAssignmentIsCheapest(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		n := 1 + rng.IntN(5)
		var price [maxNameWords][maxNameWords]float64
		order := make([]int, n)
		for i := range n {
			order[i] = i
			for j := range n {
				price[i][j] = float64(rng.IntN(20)) / 10
			}
		}
		best := math.Inf(1)
		permute(order, 0, func() {
			sum := 0.0
			for j, i := range order {
				sum += price[i][j]
			}
			best = min(best, sum)
		})
		rows := cheapest(&price, n)
		sum, seen := 0.0, map[int]bool{}
		for j, i := range rows[:n] {
			sum += price[i][j]
			seen[i] = true
		}
		if len(seen) != n || math.Abs(sum-best) > 1e-9 {
			t.Fatalf("%v costs %v, the cheapest %v", rows[:n], sum, best)
		}
	}
}

func permute(s []int, k int, f func()) {
	if k == len(s) {
		f()
		return
	}
	for i := k; i < len(s); i++ {
		s[k], s[i] = s[i], s[k]
		permute(s, k+1, f)
		s[k], s[i] = s[i], s[k]
	}
}

// The edits, at plain prices, are those of the textbook.
func TestEditCostAtPlainPrices(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	text := func() string {
		b := make([]byte, rng.IntN(7))
		for i := range b {
			b[i] = "ABC"[rng.IntN(3)]
		}
		return string(b)
	}
	for range 500 {
		x, y := text(), text()
		var a, b nameRunes
		a.set(x)
		b.set(y)
		got := editCost(&a, &b, plainEdits)
		// An exchange of neighbours, two edits there, costs 0.8; a first letter 0.3 more.
		want := float64(levenshtein(x, y))
		if got > want+0.3+1e-9 || got < 0.4*want-1e-9 || (got == 0) != (x == y) {
			t.Fatalf("%q %q: %v, Levenshtein %v", x, y, got, want)
		}
	}
}

func levenshtein(x, y string) int {
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal + 1
			if x[i] == y[j] {
				cost = diagonal
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

func TestHostileNamesAreCut(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	many := strings.Repeat("ab ", 10_000)
	signs := strings.Repeat("王", 100_000)
	for _, a := range []string{long, many, signs, "\xff\xfe" + many} {
		for _, b := range []string{long + "y", many + "z", "Sarah Wintle", signs} {
			if c := CompareNames(a, b); !c.Cut || len(c.Words) > 2*maxNameWords {
				t.Errorf("%d and %d bytes: cut %v, %d words", len(a), len(b), c.Cut, len(c.Words))
			}
		}
	}
	if c := CompareNames(long, long+"y"); c.Similarity >= 1 {
		t.Errorf("names that differ beyond the limit: %v", c.Similarity)
	}
}

func TestNameComparisonMasksItself(t *testing.T) {
	c := CompareNames("Sarah Jane Wintle", "Wintle Sara")
	for _, s := range []string{c.String(), fmt.Sprintf("%v", c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), fmt.Sprint(c.Words)} {
		if strings.Contains(strings.ToUpper(s), "WINTLE") || strings.Contains(s, "JANE") || strings.Contains(s, "SARA") {
			t.Errorf("a word of a name stands in %s", s)
		}
	}
}

func FuzzCompareNames(f *testing.F) {
	for _, r := range nameRows {
		f.Add(r.a, r.b)
	}
	f.Add("Ä̈ O' MC MC abd al al \xff", "ﷺ 1 II ؀ TJ Ꙗ")
	f.Fuzz(func(t *testing.T, a, b string) { checkNames(t, a, b) })
}

func BenchmarkCompareNames(b *testing.B) {
	for _, r := range [][3]string{
		{"same", "Sarah Jane Wintle", "Sarah Jane Wintle"}, {"letter", "Sarah Jane Wintle", "Sara Wintel"}, {"other", "Sarah Jane Wintle", "Peter Okafor"},
		{"hostile sounds", strings.Repeat("rsczchrsjchj ab ck ", 20), strings.Repeat("rzcsjchrscjh abck ", 20)},
		{"Cyrillic", "Мария Кузнецова", "Maria Kuznetsova"}, {"hostile", strings.Repeat("abdel ", 100), strings.Repeat("abdul ", 99)},
	} {
		b.Run(r[0], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				CompareNames(r[1], r[2])
			}
		})
	}
}
