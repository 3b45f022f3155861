package dedupe

import (
	"testing"

	"leds.internal/ledsq/record"
)

// TestEmailsOfNames holds emails that are alike by the names of their owners alone
// to say nothing, and all others to what they say.
func TestEmailsOfNames(t *testing.T) {
	for _, tt := range []struct {
		given, surname, email string
		other                 string // of somebody of the same name
		level                 uint8
	}{
		{"Jan", "Smit", "jan.smit@example.com", "jan.smit@example.com", emailSame},
		{"Jan", "Smit", "jan.smit1@example.com", "jan.smit2@example.com", 0},
		{"Jan", "Smit", "jan.smit@example.com", "jan.smit2@example.com", 0},
		{"Jan", "Smit", "jan.smit@example.com", "jan.smit@example.org", 0},
		{"Jan", "Smit", "jan.smit@example.com", "jan_smit@mail.example", 0},
		{"Jan", "Smit", "jan.smit77@example.com", "jna.smit77@example.com", emailEdit},
		{"Jan", "Smit", "jan.smit1977@example.com", "jan.smit1977@example.org", emailUser},
		{"Jan", "Smit", "jan.smit@example.com", "captain@example.com", emailDiffers},
		{"Jan", "Smit", "blue.heron@example.com", "blue.heron@example.org", emailUser},
		{"Jan", "Smit", "blue.heron@example.com", "blue.herons@mail.example", emailAlike},
		{"Jan", "Smit", "blue.heron4@example.com", "blue.heron5@example.com", emailEdit},
		{"Bo", "", "bo.heron@example.com", "bo.heron@example.org", emailUser}, // two letters are in many words
		{"", "", "jan.smit@example.com", "jan.smit@example.org", emailUser},
	} {
		var people []*record.Person
		for i, email := range []string{tt.email, tt.other} {
			p := person(string(rune('a'+i)), tt.given, tt.surname, "1970-01-02", "1 Invented Row", "LS1 1AP")
			p.Contacts = []record.Contact{{Type: record.ContactEmail, Value: email}}
			people = append(people, p)
		}
		f := finderOf(t, people)
		comparisons := active(f.t, f.preset.comparisons)
		p := newComparer(f.t, comparisons).pattern(0, 1)
		if got := levelOf(comparisons, p, "email"); got != tt.level {
			t.Errorf("%s and %s of %s %s: level %d, want %d", tt.email, tt.other, tt.given, tt.surname, got, tt.level)
		}
		if back := newComparer(f.t, comparisons).pattern(1, 0); back != p {
			t.Errorf("%s and %s are compared otherwise the other way round", tt.email, tt.other)
		}
	}
}
