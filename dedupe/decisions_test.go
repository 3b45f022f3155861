package dedupe

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestReadJudgements(t *testing.T) {
	const head = "id_a,id_b,decision,reviewer,decided_at,rationale\n"
	for _, c := range []struct{ why, in, want string }{
		{"a whole row", head + "1,2,same,PS 12,2026-11-20,same photograph\n", ""},
		{"columns in any order, a byte order mark, a time with its zone", "\ufeffdecided_at,decision,id_b,id_a,rationale,reviewer\n2026-11-20T10:00:00+01:00,not-same,2,1,,PS 12\n", ""},
		{"nothing", "", "d.csv: is empty: it needs the header id_a,id_b,decision,reviewer,decided_at,rationale"},
		{"a column too few", "id_a,id_b,decision,reviewer,decided_at\n", "d.csv: the column rationale is missing"},
		{"a column nobody knows", head[:len(head)-1] + ",colour\n", "d.csv: column 7 of the header is unknown"},
		{"a column twice", "id_a,id_a,decision,reviewer,decided_at,rationale\n", "d.csv: the column id_a stands twice"},
		{"a decision nobody knows", head + "1,2,Zebedee,PS 12,2026-11-20,\n", "d.csv: row 1, column decision: must be same, not-same or cannot-tell"},
		{"nobody answers", head + "1,2,same,,2026-11-20,\n", "d.csv: row 1, column reviewer: is empty"},
		{"no time", head + "1,2,same,PS 12,Zebedee,\n", "d.csv: row 1, column decided_at: must be a date"},
		{"one record", head + "1,1,same,PS 12,2026-11-20,\n", "d.csv: row 1, column id_b: is the same record"},
		{"no record", head + " ,1,same,PS 12,2026-11-20,\n", "d.csv: row 1, column id_a: is empty"},
		{"a row cut short", head + "1,2,same\n", "d.csv: row 1: has 3 cells, the header 6"},
		{"a quote left open", head + "1,2,same,PS 12,2026-11-20,\"Zebedee\n", "d.csv: row 1: line 2 is not CSV"},
		{"a scope that keeps nobody apart", "id_a,id_b,decision,reviewer,decided_at,rationale,scope\n1,2,cannot-tell,PS 12,2026-11-20,,s\n", "column scope: is given for cannot-tell"},
		{"two faults, both told", head + "1,2,x,PS 12,2026-11-20,\n1,2,same,,2026-11-20,\n", "row 2, column reviewer"},
	} {
		_, err := ReadJudgements(strings.NewReader(c.in), "d.csv")
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.why, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: error %v, want %q", c.why, err, c.want)
		case err != nil && strings.Contains(err.Error(), "Zebedee"):
			t.Errorf("%s: the error repeats a value: %v", c.why, err)
		}
	}
}

// TestJudgementsRoundTrip writes and reads decisions with whatever text.
func TestJudgementsRoundTrip(t *testing.T) {
	text := rapid.StringMatching(`'?[=+@-]?[A-Za-z0-9,"' é\n]{0,8}[a-z]`)
	rapid.Check(t, func(t *rapid.T) {
		var want []Judgement
		for i := range rapid.IntRange(0, 6).Draw(t, "n") {
			j := Judgement{A: text.Draw(t, "a"), B: text.Draw(t, "b"), Reviewer: text.Draw(t, "who"), Rationale: text.Draw(t, "why"), File: "d.csv", Row: i + 1,
				Verdict: rapid.SampledFrom([]Verdict{Same, NotSame, CannotTell}).Draw(t, "verdict"),
				At:      time.Unix(86400*rapid.Int64Range(0, 30000).Draw(t, "day")+rapid.Int64Range(0, 1).Draw(t, "noon")*43200, 0).UTC()}
			if j.Verdict != CannotTell && rapid.Bool().Draw(t, "scoped") {
				j.Scope = text.Draw(t, "scope")
			}
			for _, p := range []*string{&j.A, &j.B, &j.Reviewer, &j.Rationale, &j.Scope} {
				*p = strings.TrimSpace(*p)
			}
			if j.A != j.B {
				want = append(want, j)
			}
		}
		for i := range want {
			want[i].Row = i + 1
		}
		var b bytes.Buffer
		if err := WriteJudgements(&b, want); err != nil {
			t.Fatal(err)
		}
		got, err := ReadJudgements(&b, "d.csv")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}

func TestStanding(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	list := []Judgement{
		{A: "1", B: "2", Verdict: NotSame, At: day(3), Row: 1},
		{A: "2", B: "1", Verdict: Same, At: day(1), Row: 2}, // earlier, though it stands later
		{A: "3", B: "4", Verdict: Same, At: day(1), Row: 3},
		{A: "4", B: "3", Verdict: CannotTell, At: day(1), Row: 4}, // the same day: the later row
	}
	standing, superseded := Standing(list)
	if len(standing) != 2 || standing[0].Row != 1 || standing[1].Row != 4 || len(superseded) != 2 {
		t.Errorf("standing %v, superseded %v", standing, superseded)
	}
}

func number(id string) (int, bool) {
	i, err := strconv.Atoi(id)
	return i, err == nil
}

func TestContradictions(t *testing.T) {
	say := func(row int, a, b int, v Verdict, scope string) Judgement {
		return Judgement{A: fmt.Sprint(a), B: fmt.Sprint(b), Verdict: v, Scope: scope, File: "d.csv", Row: row}
	}
	for _, c := range []struct {
		why    string
		list   []Judgement
		chain  []int // rows, nil for no contradiction
		apart  [][2]int
		joined [][2]int
	}{
		{"a chain against a pair", []Judgement{say(1, 1, 2, Same, ""), say(2, 2, 3, Same, ""), say(3, 1, 3, NotSame, ""), say(4, 7, 8, Same, "")},
			[]int{1, 2}, [][2]int{{1, 3}}, [][2]int{{7, 8}}},
		{"a chain against a scope", []Judgement{say(1, 1, 2, NotSame, "s"), say(2, 2, 3, NotSame, "s"), say(3, 1, 3, Same, "")},
			[]int{3}, [][2]int{{1, 3}, {1, 2}, {2, 3}}, nil},
		{"a marker given by same only", []Judgement{say(1, 1, 2, Same, "s"), say(2, 3, 4, NotSame, "s"), say(3, 2, 3, Same, "")},
			[]int{1, 3}, [][2]int{{2, 3}, {1, 4}}, nil},
		{"within one scope", []Judgement{say(1, 1, 2, Same, "s"), say(2, 2, 3, Same, "s"), say(3, 1, 3, NotSame, "s")},
			[]int{1, 2}, [][2]int{{1, 3}}, nil},
		{"none: five told apart by four rows", []Judgement{say(1, 1, 2, NotSame, "s"), say(2, 2, 3, NotSame, "s"), say(3, 3, 4, NotSame, "s"), say(4, 4, 5, NotSame, "s"), say(5, 5, 6, Same, "")},
			nil, [][2]int{{1, 5}, {1, 6}, {2, 4}}, [][2]int{{5, 6}}},
	} {
		got := NewConstraints(c.list, number)
		if (len(got.Contradictions) > 0) != (c.chain != nil) {
			t.Errorf("%s: contradictions %v", c.why, got.Contradictions)
			continue
		}
		if c.chain != nil {
			var chain []int
			for _, j := range got.Contradictions[0].Chain {
				chain = append(chain, j.Row)
			}
			if !slices.Equal(chain, c.chain) || !strings.Contains(got.Contradictions[0].String(), "d.csv row") {
				t.Errorf("%s: chain %v, %s", c.why, chain, got.Contradictions[0])
			}
		}
		for _, p := range c.apart {
			if got.Says(p[0], p[1]) != NotSame {
				t.Errorf("%s: %v are not apart", c.why, p)
			}
		}
		for _, p := range c.joined {
			if got.Says(p[0], p[1]) != Same {
				t.Errorf("%s: %v are not joined", c.why, p)
			}
		}
	}
}

// TestConstraintsHold clusters at random under random decisions, and looks at
// the outcome from outside: no "not-same" within a cluster, whatever the chain,
// no "same" across two, unless it is among those set aside.
func TestConstraintsHold(t *testing.T) {
	const n = 12
	rapid.Check(t, func(t *rapid.T) {
		record := rapid.IntRange(0, n-1)
		var list []Judgement
		for row := range rapid.IntRange(0, 14).Draw(t, "decisions") {
			a, b := record.Draw(t, "a"), record.Draw(t, "b")
			if a == b {
				continue
			}
			list = append(list, Judgement{A: fmt.Sprint(a), B: fmt.Sprint(b), Row: row + 1, File: "d",
				Verdict: rapid.SampledFrom([]Verdict{Same, NotSame, NotSame, CannotTell}).Draw(t, "verdict"), Scope: rapid.SampledFrom([]string{"", "", "s", "t"}).Draw(t, "scope")})
		}
		c := NewConstraints(list, number)
		// The reference clusterer: labels, no cleverness.
		label := make([]int, n)
		for i := range label {
			label[i] = i
		}
		j := c.Begin()
		join := func(a, b int) bool {
			a, b = label[a], label[b]
			if a == b {
				return true
			}
			if !j.Merge(a, b) {
				return false
			}
			for i := range label {
				if label[i] == b {
					label[i] = a
				}
			}
			return true
		}
		for _, g := range c.Groups() {
			for _, r := range g[1:] {
				if !join(g[0], r) {
					t.Fatalf("a group of decisions can't be joined: %v", g)
				}
			}
		}
		for range rapid.IntRange(0, 30).Draw(t, "matches") {
			join(record.Draw(t, "x"), record.Draw(t, "y"))
		}
		standing, _ := Standing(list)
		group := newUnion(n) // by "same" alone
		for _, s := range standing {
			if s.Verdict == Same {
				a, _ := number(s.A)
				b, _ := number(s.B)
				group.join(int32(a), int32(b))
			}
		}
		setAside := map[int32]bool{}
		for _, x := range c.Contradictions {
			a, _ := number(x.A)
			setAside[group.find(int32(a))] = true
			if len(x.Chain) == 0 || len(x.Against) == 0 {
				t.Fatalf("a contradiction without its decisions: %+v", x)
			}
		}
		for _, s := range standing {
			a, _ := number(s.A)
			b, _ := number(s.B)
			if s.Verdict == NotSame && label[a] == label[b] {
				t.Fatalf("%v and %v are joined against row %d", a, b, s.Row)
			}
			if s.Verdict == Same && label[a] != label[b] && !setAside[group.find(int32(a))] {
				t.Fatalf("%v and %v are split against row %d", a, b, s.Row)
			}
		}
		scoped(t, standing, label)
	})
}

// scoped looks for records of one cluster to which one scope gives two markers,
// by walking the decisions again.
func scoped(t *rapid.T, standing []Judgement, label []int) {
	for _, scope := range []string{"s", "t"} {
		marker := map[string]string{}
		for _, s := range standing {
			if s.Scope == scope && s.Verdict != CannotTell {
				marker[s.A], marker[s.B] = s.A, s.B
			}
		}
		for range standing {
			for _, s := range standing {
				if s.Scope == scope && s.Verdict == Same {
					m := min(marker[s.A], marker[s.B])
					marker[s.A], marker[s.B] = m, m
				}
			}
		}
		for x, mx := range marker {
			for y, my := range marker {
				a, _ := number(x)
				b, _ := number(y)
				if mx != my && label[a] == label[b] {
					t.Fatalf("%d and %d are joined against scope %s", a, b, scope)
				}
			}
		}
	}
}

func TestDisagreements(t *testing.T) {
	list := []Judgement{{A: "0", B: "1", Verdict: NotSame, Row: 1}, {A: "3", B: "2", Verdict: Same, Row: 2}, {A: "4", B: "5", Verdict: Same, Row: 3}, {A: "0", B: "9x", Verdict: Same, Row: 4}}
	c := NewConstraints(list, number)
	pairs := []Pair{{A: 0, B: 1, Weight: 9, Probability: 0.99}, {A: 2, B: 3, Weight: 4, Probability: 0.94}}
	got := c.Disagreements(pairs, 0.9, 0.2)
	if len(got) != 2 || got[0].Row != 3 || got[0].Seen || got[1].Row != 1 || !got[1].Seen {
		t.Errorf("%+v", got)
	}
	if len(c.Unresolved) != 1 || c.Unresolved[0].Row != 4 {
		t.Errorf("unresolved %v", c.Unresolved)
	}
}

// TestNoDecisions shows that nil stands for no decisions.
func TestNoDecisions(t *testing.T) {
	var c *Constraints
	j := c.Begin()
	if c.Group(3) != 3 || c.Apart(1, 2) || c.Says(1, 2) != "" || c.Groups() != nil || j.Apart(1, 2) || !j.Merge(1, 2) {
		t.Error("nil binds somebody")
	}
}

func ExampleNewConstraints() {
	decisions, err := ReadJudgements(strings.NewReader(`id_a,id_b,decision,reviewer,decided_at,rationale,scope
P1,P2,same,PS 12,2026-11-20,same photograph,
P3,P1,not-same,PS 12,2026-11-21,brothers,brothers
P3,P4,not-same,PS 12,2026-11-21,brothers,brothers
`), "decisions.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	ids := []string{"P1", "P2", "P3", "P4"}
	c := NewConstraints(decisions, func(id string) (int, bool) { i := slices.Index(ids, id); return i, i >= 0 })
	fmt.Println("together:", c.Groups())
	fmt.Println("P2 and P4:", c.Says(1, 3)) // by P1, and by the scope
	// Output:
	// together: [[0 1]]
	// P2 and P4: not-same
}
