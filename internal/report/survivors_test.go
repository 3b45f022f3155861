package report

import (
	"strings"
	"testing"

	"leds.internal/ledsq"
)

func TestSurvivors(t *testing.T) {
	var b strings.Builder
	s := NewSurvivors(&b)
	err := s.Write("7", func(i int) string { return []string{"7", "=9"}[i] }, &ledsq.Survivor{
		Fields: []ledsq.SurvivorField{{Field: "sex", Value: "F", From: 1, Source: "RMS", Date: "2026-01-01T00:00:00Z", Why: "held by 2 records, the next by 1", Others: []string{"M", "U"}},
			{Field: "phone", Value: "+447700900123", Why: "the only record that says"}},
		Conflicts: []ledsq.Conflict{{Field: "sex"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	const want = `cluster_id,field,value,from_id,source,date,why,conflict,others
7,sex,F,'=9,RMS,2026-01-01T00:00:00Z,"held by 2 records, the next by 1",yes,M | U
7,phone,+447700900123,7,,,the only record that says,no,
`
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
}
