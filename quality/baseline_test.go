package quality

import (
	"bytes"
	"maps"
	"strings"
	"testing"
)

func TestBaseline(t *testing.T) {
	key := []byte("a secret of sixteen bytes")
	f := Finding{Rule: "person/dob-future", Field: "dateOfBirth", Severity: Error, Outcome: Fail}
	one := Fingerprint(key, "P1", &f)
	other := f
	other.Message = "told in other words"
	if Fingerprint(key, "P1", &other) != one {
		t.Error("the words of a finding change its fingerprint")
	}
	worse := f
	worse.Severity = Warning
	for why, p := range map[string]string{"another record": Fingerprint(key, "P2", &f), "another severity": Fingerprint(key, "P1", &worse), "another key": Fingerprint([]byte("another secret of bytes"), "P1", &f)} {
		if p == one {
			t.Errorf("%s has the same fingerprint", why)
		}
	}
	want := map[string]bool{one: true, Fingerprint(key, "P2", &f): true}
	var b bytes.Buffer
	if err := WriteBaseline(&b, want); err != nil {
		t.Fatal(err)
	}
	got, err := ReadBaseline(bytes.NewReader(b.Bytes()))
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for _, text := range []string{"id,name\n", baselineHead + "\nnothing\n", baselineHead + "\n00\n"} {
		if _, err := ReadBaseline(strings.NewReader(text)); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
