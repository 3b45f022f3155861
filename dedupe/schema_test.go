package dedupe

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"leds.internal/ledsq/normalise"
)

const wholeSchema = `name: stolen bicycles
id: ref
comparisons:
  - {name: frame number, column: frame, type: code, mostDiffer: 0.1, apart: true}
  - {column: make, type: text, chance: 0.05, plain: true}
  - column: owner
    type: name
    levels: [{is: nickname}, {edits: 1, name: owner nearly the same}, {similarity: 0.9}, {is: sound}, {is: part}]
  - {column: price, type: number, levels: [{within: 5}, {percent: 10}]}
  - {column: day, type: date, levels: [{is: overlap}, {is: exchanged}, {days: 3}]}
  - {column: place, type: address}
  - {column: note, type: words, levels: [{words: 0.5}]}
  - {column: postcode, type: postcode}
  - {column: colour, type: exact}
blocking: [[frame number], [make, postcode.district], [owner.sound, day.month]]
thresholds: {match: 0.95, review: 0.3}
`

func TestParseSchema(t *testing.T) {
	s, err := ParseSchema(strings.NewReader(wholeSchema))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Comparisons) != 9 || s.Thresholds.Match != 0.95 || len(s.Blocking) != 3 {
		t.Errorf("%+v", s)
	}
	one := func(with string) string { return "name: x\ncomparisons:\n  - {column: a, type: text}\n" + with }
	for _, c := range []struct{ why, in, want string }{
		{"nothing", "", "is empty"},
		{"a key misspelt", "name: x\ncomparison: []\n", "line 2: there is no key \"comparison\" here: did you mean comparisons?"},
		{"a key of a comparison misspelt", "name: x\ncomparisons:\n  - {colum: a, type: text}\n", "line 3: there is no key \"colum\" here: did you mean column?"},
		{"a type misspelt", "name: x\ncomparisons:\n  - {column: a, type: text}\n  - column: b\n    type: postcod\n", "line 5: there is no type \"postcod\": did you mean postcode?"},
		{"a level the type has not", "name: x\ncomparisons:\n  - column: a\n    type: text\n    levels:\n      - {days: 3}\n", "line 6: the type text has no level by \"days\""},
		{"two criteria", "name: x\ncomparisons:\n  - {column: a, type: text, levels: [{edits: 1, similarity: 0.9}]}\n", "line 3: a level has one criterion, and this has 2"},
		{"out of range", "name: x\ncomparisons:\n  - {column: a, type: text, levels: [{edits: 9}]}\n", "edits is out of range"},
		{"no comparisons", "name: x\n", "comparisons must be 1 to 32"},
		{"no name", "comparisons:\n  - {column: a, type: text}\n", "name is missing"},
		{"one name twice", one("  - {column: a, type: exact}\n"), "line 4: two comparisons are called \"a\""},
		{"a part of a key misspelt", one("blocking:\n  - [a.sond]\n"), "line 5: there is no part \"a.sond\" of a key: did you mean a.sound?"},
		{"thresholds crossed", one("thresholds: {match: 0.2, review: 0.9}\n"), "line 4: the review threshold lies above the match threshold"},
		{"text for a number", one("thresholds: {match: high}\n"), "line 4: a number is wanted here"},
		{"a list for keys", "- a\n", "line 1: keys with values is wanted here"},
		{"two documents", one("---\nname: y\n"), "more than one document"},
		{"a key twice", "name: x\nname: y\n", "twice"},
		{"no YAML", "name: [", "line 1"},
	} {
		if _, err := ParseSchema(strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.why, err, c.want)
		}
	}
}

// TestSchemaSchema holds the JSON Schema for editors against what is read.
func TestSchemaSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaSchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("model.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("model.json")
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("../examples/bicycles/bicycles.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for text, good := range map[string]bool{wholeSchema: true, string(example): true, strings.Replace(wholeSchema, "type: code", "type: cod", 1): false,
		strings.Replace(wholeSchema, "id: ref", "ident: ref", 1): false, strings.Replace(wholeSchema, "edits: 1", "edits: 7", 1): false} {
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		asJSON, _ := json.Marshal(v)
		inst, _ := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
		_, read := ParseSchema(strings.NewReader(text))
		if got := schema.Validate(inst); (got == nil) != good || (read == nil) != good {
			t.Errorf("the schema says %v and the reader %v; good is %v", got, read, good)
		}
	}
	for _, name := range ComparisonTypes() {
		if !bytes.Contains(SchemaSchema(), []byte(`"`+name+`"`)) {
			t.Errorf("the JSON Schema does not know the type %s", name)
		}
	}
}

// TestSchemaLevels gives pairs of values by type and the level they reach.
func TestSchemaLevels(t *testing.T) {
	s, err := ParseSchema(strings.NewReader(wholeSchema))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ column, a, b, want string }{
		{"frame", "WBK-123 456", "wbk123456", "same frame number"},
		{"frame", "WBK123456", "WBK123465", "frame number one character apart"},
		{"frame", "WB1", "WB2", "frame number differs"}, // too short to be one letter apart
		{"make", "Raleigh", "RALIEGH", "make one character apart"},
		{"owner", "Margaret", "Peggy", "owner is another form"},
		{"owner", "Zoë Smith", "ZOE SMYTH", "owner nearly the same"},
		{"owner", "Jones", "Smith Jones", "owner of one is part of the other"},
		{"price", "£1,250.00", "1250", "same price"},
		{"price", "100", "104", "price within 5"},
		{"price", "1000", "1090", "price within 10%"},
		{"price", "about 90", "90", ""}, // no number
		{"day", "03/04/2026", "2026-04-03", "same day"},
		{"day", "2026-04-03", "2026-03-04", "day: day and month exchanged"},
		{"day", "2026-04-03", "2026-04-06", "day within 3 days"},
		{"day", "2026-04", "2026-04-06", "day may agree"},
		{"place", "12 High Street", "12 High St", "same place"},
		{"place", "12 High Street", "21 High Street", "place differs"},
		{"note", "black lock and basket", "a black basket", "note shares words (0.5)"},
		{"postcode", "ls14ap", "LS1 4AP", "same postcode"},
		{"postcode", "LS1 4AP", "LS1 9XX", "postcode: same district"},
		{"colour", "Red", "Dark red", "colour differs"},
	} {
		for _, turned := range []bool{false, true} {
			f, err := NewSchemaFinder(s, Config{})
			if err != nil {
				t.Fatal(err)
			}
			a, b := c.a, c.b
			if turned {
				a, b = b, a
			}
			for i, v := range []string{a, b} {
				values := make([]string, len(s.Comparisons))
				for k, column := range s.Columns() {
					if column == c.column {
						values[k] = v
					}
				}
				if err := f.AddRow(f.PrepareValues(fmt.Sprint(i), values, normalise.Options{})); err != nil {
					t.Fatal(err)
				}
			}
			got := ""
			p := newComparer(f.t, f.preset.comparisons).pattern(0, 1)
			for k := range f.preset.comparisons {
				if l := p.level(k); l > 0 {
					got = f.preset.comparisons[k].levels[l-1].name
				}
			}
			if got != c.want {
				t.Errorf("%s %q and %q: %q, want %q", c.column, a, b, got, c.want)
			}
		}
	}
}

// TestSchemaKeys blocks by the keys that a schema names, and holds apart what it
// says.
func TestSchemaKeys(t *testing.T) {
	s, err := ParseSchema(strings.NewReader(`name: x
comparisons: [{column: code, type: code, apart: true}, {column: town, type: text}, {column: day, type: date}]
blocking: [[code], [town.start, day]]
`))
	if err != nil {
		t.Fatal(err)
	}
	f, err := NewSchemaFinder(s, Config{})
	if err != nil {
		t.Fatal(err)
	}
	f.limits.allPairs = 10
	for i := range 80 {
		values := []string{fmt.Sprintf("AB%05d", i/2*977%9973), fmt.Sprintf("Town%c", 'a'+rune(i/2%26)), fmt.Sprintf("2026-%02d-%02d", 1+i/2%12, 1+i/2%28)}
		if i == 79 {
			values[0] = "ZZ99999" // agrees with its twin on all but the code
		}
		if err := f.AddRow(f.PrepareValues(fmt.Sprint(i), values, normalise.Options{})); err != nil {
			t.Fatal(err)
		}
	}
	res, err := f.Find(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if res.Model.Candidates == 0 || res.Model.Candidates > 200 {
		t.Errorf("%d candidate pairs by two keys", res.Model.Candidates)
	}
	if res.Clusters[1] != 0 || res.Clusters[77] != 76 || res.Clusters[79] == 78 {
		t.Errorf("clusters %v", res.Clusters)
	}
}

// TestSchemaOfPeople calls comparisons as ours are called.
func TestSchemaOfPeople(t *testing.T) {
	s, err := ParseSchema(strings.NewReader(`name: people
comparisons: [{name: given name, column: first, type: name}, {name: surname, column: last, type: name}, {name: date of birth, column: born, type: date}]
`))
	if err != nil {
		t.Fatal(err)
	}
	f, err := NewSchemaFinder(s, Config{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 60 {
		values := []string{[]string{"Ann", "Ben", "Cal"}[i/2%3], fmt.Sprintf("Smith%c", 'a'+rune(i/2%26)), fmt.Sprintf("19%02d-%02d-11", i/2, 1+i/2%12)}
		if err := f.AddRow(f.PrepareValues(fmt.Sprint(i), values, normalise.Options{})); err != nil {
			t.Fatal(err)
		}
	}
	res, err := f.Find(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 60; i += 2 {
		if res.Clusters[i+1] != i {
			t.Errorf("record %d is in cluster %d", i+1, res.Clusters[i+1])
		}
	}
}
