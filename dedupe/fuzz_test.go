package dedupe

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzReadJudgements feeds anything: what is read makes sense, and is the same
// when it is written and read again.
func FuzzReadJudgements(f *testing.F) {
	f.Add("id_a,id_b,decision,reviewer,decided_at,rationale\n1,2,same,PS 12,2026-11-20,same photograph\n")
	f.Add("\ufeffid_a,id_b,decision,reviewer,decided_at,rationale,scope\n'=1,2,not-same,PS,2026-11-20T10:00:00+01:00,,s\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadJudgements(strings.NewReader(text), "d")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "d: ") {
				t.Fatalf("an error without the file: %v", err)
			}
			return
		}
		for _, j := range list {
			if j.A == "" || j.B == "" || j.A == j.B || j.Reviewer == "" {
				t.Fatalf("read: %+v", j)
			}
		}
		var b bytes.Buffer
		if err := WriteJudgements(&b, list); err != nil {
			t.Skip(err) // a year beyond 9999 has no form of its own
		}
		again, err := ReadJudgements(&b, "d")
		if err != nil || len(again) != len(list) {
			t.Fatalf("written and read again: %v, %d of %d", err, len(again), len(list))
		}
		for i := range list {
			if again[i].A != list[i].A || again[i].B != list[i].B || !again[i].At.Equal(list[i].At) || again[i].Scope != list[i].Scope {
				t.Fatalf("%+v became %+v", list[i], again[i])
			}
		}
	})
}

// FuzzReadMemberships feeds anything: no record stands twice in what is read.
func FuzzReadMemberships(f *testing.F) {
	f.Add("id,cluster_id\n1,a\n2,a\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadMemberships(strings.NewReader(text), "m", "id", "cluster_id")
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, m := range list {
			if m.Record == "" || m.Cluster == "" || seen[m.Record] {
				t.Fatalf("read: %+v", m)
			}
			seen[m.Record] = true
		}
	})
}
