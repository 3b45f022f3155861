package quality

import (
	"fmt"
	"hash/fnv"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// Known is a record that is held already and seems to be of the same person,
// vehicle or episode.
type Known struct {
	ID, Source string
	// By says what the two share: the flat name of a field that no two should,
	// or "" for name and date of birth, which two people may.
	By string
}

// Existing holds keys of records that exist, to be asked before another is made.
// It finds what is the same after normalising; what is alike is found by package
// dedupe. Fill it with Add, then let rules read it: the two must not happen at
// the same time. Its method Known is a look-up.
type Existing struct {
	by   map[uint64]uint32 // key to the first record with it
	held []struct{ id, source string }
}

// NewExisting makes an empty one.
func NewExisting() *Existing { return &Existing{by: map[uint64]uint32{}} }

// Len gives the number of records.
func (x *Existing) Len() int { return len(x.held) }

// Add takes in one record, normalised. Records are told apart by their ids: one
// without is an error, as nobody could be told which it is.
func (x *Existing) Add(r record.Record) error {
	h := r.Head()
	switch {
	case h.ID == "":
		return fmt.Errorf("quality: a record that exists has no id")
	case len(x.held) == maxExisting:
		return fmt.Errorf("%w: %d records", ErrTooMany, maxExisting)
	}
	n := uint32(len(x.held))
	x.held = append(x.held, struct{ id, source string }{h.ID, h.SourceSystem})
	existingKeys(r, func(key uint64, _ string) {
		if _, taken := x.by[key]; !taken {
			x.by[key] = n
		}
	})
	return nil
}

// Known gives the records that share a key with one, each once, by its strongest
// key; the record itself, by id and source, is left out. Of several records with
// one key it gives the first that was added.
func (x *Existing) Known(r record.Record) (out []Known) {
	h := r.Head()
	existingKeys(r, func(key uint64, by string) {
		n, ok := x.by[key]
		if !ok {
			return
		}
		k := x.held[n]
		if k.id == h.ID && (k.source == h.SourceSystem || h.SourceSystem == "" || k.source == "") {
			return
		}
		for _, o := range out {
			if o.ID == k.id && o.Source == k.source {
				return
			}
		}
		out = append(out, Known{k.id, k.source, by})
	})
	return out
}

// existingKeys gives the keys of a record, the strongest first.
func existingKeys(r record.Record, use func(key uint64, by string)) {
	hash := func(parts ...string) uint64 {
		f := fnv.New64a()
		for _, p := range parts {
			_, _ = f.Write([]byte(p))
			_, _ = f.Write([]byte{0})
		}
		return f.Sum64()
	}
	kind := string(r.Kind())
	switch r := r.(type) {
	case *record.Vehicle:
		if r.VIN != "" {
			use(hash(kind, "vin", string(r.VIN)), "vin")
		}
		if r.VRM != "" && r.VRMPartial != record.Yes {
			use(hash(kind, "vrm", string(r.VRM), fold(r.RegistrationCountry)), "vrm")
		}
		return
	case *record.MissingPerson:
		if r.EpisodeRef != "" {
			use(hash(kind, "episode", r.EpisodeRef), "episodeRef")
		}
		if r.FoundAt != "" || Ended(&r.Envelope) {
			return // nobody is missing once only
		}
	default:
		for _, id := range record.PersonOf(r).Identifiers {
			switch id.Type {
			case record.IDPNC, record.IDCRO, record.IDNINO, record.IDNHS, record.IDDriver, record.IDPassport, record.IDPrison, record.IDCRN:
				if id.Value != "" {
					use(hash(kind, string(id.Type), id.Value), identifierNames[id.Type])
				}
			}
		}
	}
	p := record.PersonOf(r)
	if n := p.PrimaryName(); n.Surname != "" && n.Given() != "" && p.DateOfBirth.Exact() {
		use(hash(kind, "name", normalise.FoldName(n.Given()), normalise.FoldName(n.Surname), string(p.DateOfBirth)), "")
	}
}

func knownRules() []Rule {
	return []Rule{
		{
			ID: "record/already-known", Title: "A record of it exists already",
			Why:    "To search before a record is made is how duplicates are kept out: whoever finds one of two records acts without what the other holds.",
			Source: "LEDS Code of Practice (2020), sections 6.2 and 6.4 (unnecessary duplication); LEDS API client schemas, error conflict/duplicate-exists",
			Kinds:  everyKind, Principles: atCreate, Dimension: Uniqueness, Severity: Error,
			ActsOn:   []string{"pncId", "cro", "nino", "nhsNumber", "driverNumber", "passport", "vin", "vrm", "episodeRef"},
			Consults: []string{"id", "givenName", "surname", "dateOfBirth"}, Needs: ExistingLookup, Since: version1, Check: alreadyKnown,
			Pass: Example{Record: `{"id":"P2","names":[{"givenNames":["Ann"],"surname":"Fenwick"}],"dateOfBirth":"1980-06-16"}`},
			Fail: Example{Record: `{"id":"P2","identifiers":[{"type":"PNC","value":"2003/0062845E"}]}`},
		},
	}
}

func alreadyKnown(c *Ctx) Outcome {
	asked := false
	existingKeys(c.rec, func(uint64, string) { asked = true })
	if !asked {
		return NotApplicable
	}
	for _, k := range c.lookups.Existing(c.rec) {
		which := "record " + k.ID
		if k.Source != "" {
			which += " of source " + k.Source
		}
		const fix = "Open that record: if it is the same, amend it and make no other."
		switch held := which + " already holds the same value"; {
		case k.By == "":
			c.FailAs(Info, "", which+" has the same name and date of birth", fix)
		case c.rec.Kind() == record.KindMissing: // nothing may keep a report from being made
			c.FailAs(Warning, k.By, held, fix)
		default:
			c.Fail(k.By, held+": to LEDS it is duplicate-exists", fix)
		}
	}
	return c.Done()
}
