package dedupe

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// assign makes memberships of "cluster: records" lines.
func assign(lines ...string) (out []Membership) {
	for _, l := range lines {
		id, records, _ := strings.Cut(l, ":")
		for r := range strings.FieldsSeq(records) {
			out = append(out, Membership{r, id})
		}
	}
	return out
}

func TestCarryIDs(t *testing.T) {
	for _, c := range []struct {
		why       string
		old, now  []Membership
		want      string // new clusters by the id they bear, sorted
		kind      ChangeKind
		changeWhy string
	}{
		{"nothing happened", assign("A:1 2", "B:3"), assign("x:1 2", "y:3"), "A:1,2 B:3", "", ""},
		{"a record came", assign("A:1 2"), assign("x:1 2 3"), "A:1,2,3", Grew, "1 record was added"},
		{"a record went", assign("A:1 2 3"), assign("x:1 2"), "A:1,2", Shrank, "1 record was removed"},
		{"two became one: the larger gives its id", assign("A:1", "B:2 3"), assign("x:1 2 3"), "B:1,2,3", Joined, "no record of these"},
		{"one became two: the larger keeps the id", assign("1:1 2 3"), assign("1:1", "2:2 3"), "1-2:1 1:2,3", Split, "no record of these"},
		{"halves: the one with the least record keeps it", assign("A:9 10 11 12"), assign("x:10 12", "y:9 11"), "10:10,12 A:9,11", Split, ""},
		{"a record changed sides", assign("A:1 2 3", "B:4 5"), assign("x:1 2", "y:3 4 5"), "A:1,2 B:3,4,5", Moved, ""},
		{"a stranger does not inherit", assign("1:1"), assign("1:2"), "2:2", Appeared, "1 record was added"},
		{"a new cluster may not take an id that was another's", assign("7:1 2"), assign("x:1 2", "y:7"), "7-2:7 7:1,2", Appeared, ""},
	} {
		out, r, err := CarryIDs(c.old, c.now, CarryOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := clustersText(out); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
		switch {
		case c.kind == "" && len(r.Changes) > 0:
			t.Errorf("%s: changes %+v", c.why, r.Changes)
		case c.kind != "" && (len(r.Changes) == 0 || r.Changes[0].Kind != c.kind || !strings.HasPrefix(r.Changes[0].Why, c.changeWhy)):
			t.Errorf("%s: changes %+v", c.why, r.Changes)
		}
	}
	if _, _, err := CarryIDs(nil, assign("A:1", "B:1"), CarryOptions{}); err == nil {
		t.Error("a record in two clusters passes")
	}
}

func clustersText(list []Membership) string {
	by := map[string][]string{}
	for _, m := range list {
		by[m.Cluster] = append(by[m.Cluster], m.Record)
	}
	var out []string
	for id, m := range by {
		slices.SortFunc(m, compareIDs)
		out = append(out, id+":"+strings.Join(m, ","))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// drawClusters draws clusters of some of the records.
func drawClusters(t *rapid.T, label string, n, k int) (out []Membership) {
	for r := range n {
		if c := rapid.IntRange(0, k).Draw(t, label); c > 0 {
			out = append(out, Membership{fmt.Sprint(r), fmt.Sprint(label, c)})
		}
	}
	return out
}

// TestChangeReportIsTrue checks every statement of a report against the two
// assignments themselves.
func TestChangeReportIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, cur := drawClusters(t, "old", 14, 6), drawClusters(t, "now", 14, 6)
		out, r, err := CarryIDs(old, cur, CarryOptions{})
		if err != nil {
			t.Fatal(err)
		}
		was, is := map[string]string{}, map[string]string{}
		for _, m := range old {
			was[m.Record] = m.Cluster
		}
		for i, m := range out {
			is[m.Record] = m.Cluster
			if m.Record != cur[i].Record {
				t.Fatal("the records changed order")
			}
		}
		// The partition is the one given, under other names.
		for _, x := range cur {
			for _, y := range cur {
				if (x.Cluster == y.Cluster) != (is[x.Record] == is[y.Record]) {
					t.Fatalf("%s and %s: the carried ids join or split", x.Record, y.Record)
				}
			}
		}
		of := func(m map[string]string, id string) (list []string) {
			for rec, c := range m {
				if c == id {
					list = append(list, rec)
				}
			}
			slices.SortFunc(list, compareIDs)
			return list
		}
		seen := map[string]int{}
		for _, c := range r.Changes {
			for _, b := range c.Before {
				if !slices.Equal(of(was, b.ID), b.Records) {
					t.Fatalf("before %+v is not so", b)
				}
				seen["old "+b.ID]++
			}
			for _, a := range c.After {
				if !slices.Equal(of(is, a.ID), a.Records) {
					t.Fatalf("after %+v is not so", a)
				}
				seen["now "+a.ID]++
			}
			for _, rec := range c.Added {
				if was[rec] != "" || is[rec] == "" {
					t.Fatalf("%s was not added", rec)
				}
			}
			for _, rec := range c.Removed {
				if was[rec] == "" || is[rec] != "" {
					t.Fatalf("%s was not removed", rec)
				}
			}
			for _, m := range c.Moves {
				if was[m.Record] != m.From || is[m.Record] != m.To || m.From == m.To {
					t.Fatalf("%+v did not move", m)
				}
			}
			kinds := map[ChangeKind]bool{Joined: len(c.Before) > 1 && len(c.After) == 1, Split: len(c.Before) == 1 && len(c.After) > 1, Moved: len(c.Before) > 1 && len(c.After) > 1,
				Grew: len(c.Added) > 0 && len(c.Removed) == 0, Shrank: len(c.Removed) > 0 && len(c.Added) == 0, Replaced: len(c.Added) > 0 && len(c.Removed) > 0,
				Appeared: len(c.Before) == 0, Vanished: len(c.After) == 0}
			if !kinds[c.Kind] {
				t.Fatalf("%+v is not %s", c, c.Kind)
			}
		}
		// What no change names is unchanged, and what is unchanged keeps its id.
		ids := func(m map[string]string) map[string]bool {
			out := map[string]bool{}
			for _, c := range m {
				out[c] = true
			}
			return out
		}
		unchanged := 0
		for id := range ids(is) {
			if seen["now "+id] == 0 {
				if !slices.Equal(of(was, id), of(is, id)) {
					t.Fatalf("%s changed and is not reported", id)
				}
				unchanged++
			}
		}
		for id := range ids(was) {
			if seen["old "+id] == 0 && !slices.Equal(of(was, id), of(is, id)) {
				t.Fatalf("old %s changed and is not reported", id)
			}
		}
		if unchanged != r.Counts[Unchanged] || slices.Max(append(slices.Collect(maps.Values(seen)), 1)) > 1 {
			t.Fatalf("%d unchanged, the report says %d; seen %v", unchanged, r.Counts[Unchanged], seen)
		}
		// An id passes only to a cluster that shares a record with its owner.
		for id := range ids(is) {
			if ids(was)[id] && !slices.ContainsFunc(of(is, id), func(rec string) bool { return was[rec] == id }) {
				t.Fatalf("%s passed to strangers", id)
			}
		}
		// The order of the rows changes nothing.
		slices.Reverse(old)
		slices.Reverse(cur)
		again, r2, _ := CarryIDs(old, cur, CarryOptions{})
		slices.Reverse(again)
		if d := cmp.Diff(out, again) + cmp.Diff(r, r2); d != "" {
			t.Fatal(d)
		}
	})
}

// TestUntouchedKeepTheirIDs is two runs a month apart: records added, changed
// (so that some leave their cluster) and removed.
func TestUntouchedKeepTheirIDs(t *testing.T) {
	var old, cur []Membership
	for e := range 2000 {
		for r := range 1 + e%4 {
			rec := fmt.Sprintf("R%d-%d", e, r)
			old = append(old, Membership{rec, fmt.Sprintf("E%d", e)})
			switch {
			case e%17 == 0 && r == 0: // removed
			case e%23 == 0: // changed: it joins the next entity
				cur = append(cur, Membership{rec, fmt.Sprintf("n%d", e+1)})
			default:
				cur = append(cur, Membership{rec, fmt.Sprintf("n%d", e)})
			}
		}
		if e%13 == 0 {
			cur = append(cur, Membership{fmt.Sprintf("N%d", e), fmt.Sprintf("n%d", e)})
		}
	}
	out, r, err := CarryIDs(old, cur, CarryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	is := map[string]string{}
	for _, m := range out {
		is[m.Record] = m.Cluster
	}
	untouched, kept := 0, 0
	for e := range 2000 {
		if e%17 == 0 || e%23 == 0 || e%23 == 1 || e%13 == 0 {
			continue
		}
		untouched++
		if is[fmt.Sprintf("R%d-0", e)] == fmt.Sprintf("E%d", e) {
			kept++
		}
	}
	if untouched == 0 || kept != untouched {
		t.Errorf("%d of %d untouched entities keep their id", kept, untouched)
	}
	if r.Added == 0 || r.Removed == 0 || r.Counts[Joined] == 0 || r.Counts[Vanished] == 0 {
		t.Errorf("the runs do not differ as they should: %+v", r.Counts)
	}
}

func TestReadMemberships(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "m.csv: is empty",
		"id,x\n1,2\n":                  "m.csv: the header has no column cluster_id",
		"x,cluster_id\n1,2\n":          "m.csv: the header has no column id",
		"id,cluster_id\n,2\n":          "m.csv: row 1, column id: is empty",
		"id,cluster_id\n1,\n":          "m.csv: row 1, column cluster_id: is empty",
		"id,cluster_id\n1,a\n2,a\n1,b": "m.csv: row 3, column id: the record stands in an earlier row too",
		"id,cluster_id\n1\n":           "m.csv: row 1: line 2 is not CSV",
	} {
		if _, err := ReadMemberships(strings.NewReader(in), "m.csv", "id", "cluster_id"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", in, err, want)
		}
	}
	want := []Membership{{"a,b", "x"}, {"=1", "y"}}
	var b bytes.Buffer
	if err := WriteMemberships(&b, want); err != nil {
		t.Fatal(err)
	}
	got, err := ReadMemberships(&b, "m.csv", "id", "cluster_id")
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Error(d, err)
	}
}

func ExampleCarryIDs() {
	october := []Membership{{"1", "1"}, {"2", "1"}, {"3", "3"}, {"4", "4"}}
	november := []Membership{{"2", "2"}, {"3", "2"}, {"5", "2"}, {"4", "4"}} // 1 is gone, 5 is new
	carried, changes, err := CarryIDs(october, november, CarryOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(carried)
	for _, c := range changes.Changes {
		fmt.Println(c.Kind, "-", c.Why)
	}
	// Output:
	// [{2 1} {3 1} {5 1} {4 4}]
	// joined - 1 record was added; 1 record was removed
}
