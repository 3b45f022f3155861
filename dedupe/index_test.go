package dedupe

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
	"leds.internal/ledsq/sample"
)

// sampled makes normalised records, with duplicates and errors.
func sampled(t testing.TB, k record.Kind, n int, seed uint64) (out []record.Record) {
	p, _ := sample.ProfileByName("typical")
	err := sample.Generate(t.Context(), sample.Options{Kind: k, N: n, Seed: seed, Profile: p}, func(i sample.Item) error {
		normalise.Record(i.Record, normalise.Options{AsOf: sample.DefaultAsOf()})
		out = append(out, i.Record)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func built(t testing.TB, records []record.Record, store Store) *Index {
	b, err := NewIndexBuilder(records[0].Kind(), IndexConfig{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := b.Add(b.Prepare(r)); err != nil {
			t.Fatal(err)
		}
	}
	x, err := b.Build(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestIndexFindsWhatTheBatchFinds asks for every record of a set: of the matches
// that the batch finds the search must find nearly all.
func TestIndexFindsWhatTheBatchFinds(t *testing.T) {
	for _, k := range []record.Kind{record.KindPerson, record.KindVehicle} {
		records := sampled(t, k, 2100, 7) // enough for keys to be planned
		res := find(t, records, Config{}, nil)
		x := built(t, records, nil)
		found, all := 0, 0
		hits := map[int]map[string]Decision{}
		for _, p := range res.Pairs {
			if p.Decision != Match {
				continue
			}
			for _, ab := range [][2]int{{p.A, p.B}, {p.B, p.A}} {
				if hits[ab[0]] == nil {
					a, err := x.Search(t.Context(), records[ab[0]], 50)
					if err != nil {
						t.Fatal(err)
					}
					hits[ab[0]] = map[string]Decision{}
					for _, h := range a.Hits {
						hits[ab[0]][h.ID] = h.Decision
					}
				}
				all++
				if _, ok := hits[ab[0]][records[ab[1]].Head().ID]; ok {
					found++
				}
			}
		}
		t.Logf("%s: %d of %d", k, found, all)
		if all < 100 || float64(found) < 0.99*float64(all) {
			t.Errorf("%s: of %d matches of the batch the search finds %d", k, all, found)
		}
	}
}

// partition gives the clusters of several records as text, whatever their ids.
func partition(x *Index) string {
	by := map[string][]string{}
	for _, m := range x.Clusters() {
		by[m.Cluster] = append(by[m.Cluster], m.Record)
	}
	var out []string
	for _, m := range by {
		if len(m) > 1 {
			out = append(out, strings.Join(m, " "))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

// TestIndexOrder adds the same records in other orders, some of them first in
// another form or removed and added again, with decisions anywhere between: the
// clusters in the end are the same.
func TestIndexOrder(t *testing.T) {
	records := sampled(t, record.KindPerson, 150, 3)
	decisions := []Judgement{
		{A: records[0].Head().ID, B: records[1].Head().ID, Verdict: Same, Reviewer: "r", At: time.Unix(1, 0)},
		{A: records[2].Head().ID, B: records[3].Head().ID, Verdict: NotSame, Reviewer: "r", At: time.Unix(2, 0)},
	}
	ctx := t.Context()
	want := ""
	for seed := range uint64(6) {
		x, err := NewIndex(record.KindPerson, IndexConfig{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 1))
		order := r.Perm(len(records))
		at := r.IntN(len(order))
		for i, n := range order {
			must := func(err error) {
				if err != nil {
					t.Fatal(err)
				}
			}
			if i == at {
				must(x.Decide(ctx, decisions))
			}
			switch r.IntN(4) {
			case 0: // first as another person
				other := record.Clone(records[order[r.IntN(len(order))]])
				other.Head().ID = records[n].Head().ID
				must(x.Add(ctx, other))
				must(x.Update(ctx, records[n]))
			case 1:
				must(x.Add(ctx, records[n]))
				must(x.Remove(ctx, records[n].Head().ID))
				must(x.Add(ctx, records[n]))
			default:
				must(x.Add(ctx, records[n]))
			}
		}
		got := partition(x)
		if want == "" {
			want = got
			if strings.Count(want, ";") < 10 {
				t.Fatalf("too few clusters to tell: %s", want)
			}
		} else if got != want {
			t.Errorf("order %d: clusters\n%s\nwant\n%s", seed, got, want)
		}
		if p := x.Verify(ctx); len(p.Problems) > 0 {
			t.Error(p.Problems)
		}
	}
}

// TestIndexHostile asks what nobody should: the answer comes soon and says clearly
// what it is.
func TestIndexHostile(t *testing.T) {
	records := sampled(t, record.KindPerson, 500, 9)
	for i := range 4500 { // one name much too common
		records = append(records, &record.Person{Envelope: record.Envelope{ID: fmt.Sprint("S", i)}, Names: []record.Name{{GivenNames: []string{"JOHN"}, Surname: "SMITH"}}})
	}
	x := built(t, records, nil)
	named := func(given, surname string) *record.Person {
		return &record.Person{Names: []record.Name{{GivenNames: []string{given}, Surname: surname}}}
	}
	for _, c := range []struct {
		why      string
		ask      *record.Person
		complete bool
		hits     bool
	}{
		{"nothing", &record.Person{}, false, false},
		{"a megabyte of name", named(strings.Repeat("A", 1<<20), strings.Repeat("B C", 1<<18)), false, false},
		{"a thousand names", named(strings.Repeat("ANN ", 250), "SMITH"), true, false},
		{"placeholders", &record.Person{Names: []record.Name{{GivenNames: []string{"UNKNOWN"}, Surname: "UNKNOWN"}}, DateOfBirth: "1900-01-01"}, true, false},
		{"the commonest name and nothing else", named("JOHN", "SMITH"), false, true},
		{"the commonest surname", named("", "SMITH"), false, true},
	} {
		normalise.Record(c.ask, normalise.Options{})
		a, err := x.Search(t.Context(), c.ask, 20)
		if err != nil {
			t.Fatal(err)
		}
		if a.Compared > 4000 || c.hits != (len(a.Hits) > 0) || !c.complete && a.Complete || !a.Complete && a.Why == "" {
			t.Errorf("%s: %d hits, %d compared, complete %v, why %q", c.why, len(a.Hits), a.Compared, a.Complete, a.Why)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if a, err := x.Search(ctx, records[0], 5); err != nil || a.Complete && a.Compared > 200 {
		t.Errorf("with no time left: %+v, %v", a, err)
	}
	if _, err := x.Search(t.Context(), &record.Vehicle{}, 5); err == nil {
		t.Error("a vehicle among persons")
	}
}

// TestIndexAtOnce searches, adds, changes and removes at the same time.
func TestIndexAtOnce(t *testing.T) {
	records := sampled(t, record.KindPerson, 800, 5)
	x := built(t, records[:600], nil)
	ctx := t.Context()
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := w; i < 200; i += 4 {
				r := records[600+i]
				if err := x.Add(ctx, r); err != nil {
					t.Error(err)
				}
				// What is acknowledged is found.
				probe := record.Clone(r)
				probe.Head().ID = ""
				if a, err := x.Search(ctx, probe, 200); err != nil || !a.Few && !slices.ContainsFunc(a.Hits, func(h Hit) bool { return h.ID == r.Head().ID }) {
					t.Errorf("record %s was added and is not found: %v", r.Head().ID, err)
				}
				switch i % 5 {
				case 0:
					if err := x.Remove(ctx, r.Head().ID); err != nil {
						t.Error(err)
					}
				case 1:
					other := record.Clone(records[i])
					other.Head().ID = r.Head().ID
					if err := x.Update(ctx, other); err != nil {
						t.Error(err)
					}
				}
			}
		})
		wg.Go(func() {
			for i := w; i < 600; i += 4 {
				if _, err := x.Search(ctx, records[i], 5); err != nil {
					t.Error(err)
				}
				x.ClusterOf(records[i].Head().ID)
				x.Stats()
				x.Journal(0)
			}
		})
	}
	wg.Wait()
	if x.Len() != 800-40 {
		t.Errorf("%d records", x.Len())
	}
	if p := x.Verify(ctx); len(p.Problems) > 0 {
		t.Error(p.Problems)
	}
	if err := x.Add(ctx, records[0]); !errors.Is(err, ErrExists) {
		t.Error(err)
	}
	if err := x.Remove(ctx, "nobody"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
}

// TestIndexVehicles finds vehicles by what is left of a mark, the end of a VIN,
// and a description.
func TestIndexVehicles(t *testing.T) {
	records := sampled(t, record.KindVehicle, 800, 2)
	x := built(t, records, nil)
	var one *record.Vehicle
	for _, r := range records {
		if v := r.(*record.Vehicle); len(v.VRM) == 7 && len(v.VIN) == 17 && v.Make != "" && v.Model != "" && len(v.Colours) > 0 {
			one = v
			break
		}
	}
	mark, vin := string(one.VRM), string(one.VIN)
	for why, ask := range map[string]*record.Vehicle{
		"one character missing": {VRM: record.VRM(mark[:3] + "?" + mark[4:])},
		"its beginning":         {VRM: record.VRM(mark[:5] + "*")},
		"its end":               {VRM: record.VRM("*" + mark[2:])},
		"a part":                {VRM: record.VRM(mark[1:6]), VRMPartial: record.Yes},
		"few characters":        {VRM: record.VRM(mark[:1] + "?" + mark[2:3] + "??" + mark[5:6] + "?"), Make: one.Make, Model: one.Model},
		"the end of the VIN":    {VIN: record.VIN(vin[11:])},
		"description and part":  {Make: one.Make, Model: one.Model, Colours: one.Colours, VRM: record.VRM(mark[:4] + "*")},
	} {
		a, err := x.Search(t.Context(), ask, 50)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(a.Hits, func(h Hit) bool { return h.ID == one.ID }) {
			t.Errorf("%s: not among %d hits; %s", why, len(a.Hits), a.Why)
		}
	}
	a, _ := x.Search(t.Context(), &record.Vehicle{Make: one.Make, Model: one.Model, Colours: one.Colours}, 1000)
	for _, h := range a.Hits {
		if !strings.Contains(h.Reason, "same make") {
			t.Errorf("by description: %s", h.Reason)
		}
	}
	if len(a.Hits) == 0 {
		t.Error("nothing by description")
	}
}

// TestIndexDecisions keeps people's decisions through later changes.
func TestIndexDecisions(t *testing.T) {
	ctx := t.Context()
	person := func(id, given, surname, dob, phone string) record.Record {
		p := &record.Person{Envelope: record.Envelope{ID: id}, Names: []record.Name{{GivenNames: []string{given}, Surname: surname}}, DateOfBirth: record.Date(dob),
			Contacts: []record.Contact{{Type: record.ContactPhone, Value: phone}}}
		normalise.Record(p, normalise.Options{})
		return p
	}
	x, err := NewIndex(record.KindPerson, IndexConfig{Now: func() time.Time { return time.Unix(100, 0).UTC() }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	same := func(want string) {
		t.Helper()
		if got := partition(x); got != want {
			t.Errorf("clusters %q, want %q", got, want)
		}
	}
	for _, id := range []string{"1", "2", "3"} {
		must(x.Add(ctx, person(id, "Harriet", "Fenwick", "1980-06-15", "07700900123")))
	}
	must(x.Add(ctx, person("4", "Olu", "Adeyemi", "1991-02-03", "07700900456")))
	same("1 2 3")
	must(x.Unmerge(ctx, []string{"3"}, Judgement{Reviewer: "AB", At: time.Unix(50, 0), Rationale: "two people"}))
	same("1 2")
	must(x.Update(ctx, person("1", "Harriet", "Fenwick", "1980-06-15", "07700900124")))
	same("1 2")
	if id, _ := x.ClusterOf("2"); id != "1" {
		t.Errorf("the cluster is now %q: ids persist", id)
	}
	must(x.Decide(ctx, []Judgement{{A: "2", B: "4", Verdict: Same, Reviewer: "AB", At: time.Unix(60, 0)}}))
	same("1 2 4")
	must(x.Remove(ctx, "1"))
	same("2 4")
	if id, _ := x.ClusterOf("4"); id != "1" {
		t.Errorf("the cluster is now %q: its id outlives the record it was named by", id)
	}
	must(x.Add(ctx, person("1", "Bo", "Lind", "1970-01-02", "07700900999")))
	if id, _ := x.ClusterOf("1"); id == "1" {
		t.Error("a stranger took the id of another cluster")
	}
	entries := x.Journal(0)
	var kinds []string
	for _, e := range entries {
		for _, c := range e.Changes {
			kinds = append(kinds, e.Cause+" "+e.Record+": "+string(c.Kind))
		}
		if e.At.IsZero() {
			t.Error("an entry without a time")
		}
	}
	want := "added 2: grew; added 3: grew; decided : split; decided : joined; removed 1: shrank"
	if got := strings.Join(kinds, "; "); got != want {
		t.Errorf("journal %q, want %q", got, want)
	}
	y, err := x.Rebuild(ctx, nil)
	must(err)
	if a, b := fmt.Sprint(x.Clusters()), fmt.Sprint(y.Clusters()); a != b {
		t.Errorf("rebuilt: %s, was %s", b, a)
	}
}
