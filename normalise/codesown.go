package normalise

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Codes are code lists of the user's own, each in place of the built-in list of
// the same name: a force's own markers, a newer edition of a standard. Give them
// in Options. A Codes is not changed once read, and may be shared.
type Codes struct {
	sets     map[string]*codeSet
	versions map[string]string
}

// CodeSet names a code list and its version.
type CodeSet struct {
	Name    string // as record.Field.CodeSet, such as "vehicle-colour"
	Version string
	Own     bool // read by ReadCodes
}

// builtInVersion is the day on which the embedded lists were last checked; their
// sources stand in codes/README.md and, row by row, in the files.
const builtInVersion = "2026-11-22"

// ReadCodes reads code lists from CSV with the header
// set,code,label,aliases,version, in any order of columns. A value is recognised
// by its code, its label or an alias (aliases are parted by bars), whatever its
// case and marks, and becomes the code.
//
// It is strict, because a list that is read half decides wrongly in silence: an
// unknown or missing column, a set that no field has, a row without code, two
// rows of one code, a text that stands for two codes and two versions of one set
// are each an error that names the line.
func ReadCodes(r io.Reader) (*Codes, error) {
	in := csv.NewReader(r)
	head, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("code lists: the header can't be read: %w", err)
	}
	col, err := codesHeader(head)
	if err != nil {
		return nil, err
	}
	c := &Codes{sets: map[string]*codeSet{}, versions: map[string]string{}}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("code lists: %w", err)
		}
		if err := c.add(row, col); err != nil {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("code lists: line %d: %w", line, err)
		}
	}
	if len(c.sets) == 0 {
		return nil, errors.New("code lists: there is no row below the header")
	}
	return c, nil
}

func codesHeader(head []string) (map[string]int, error) {
	col := map[string]int{"set": -1, "code": -1, "label": -1, "aliases": -1, "version": -1}
	for i, h := range head {
		h = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		switch at, ok := col[h]; {
		case !ok:
			return nil, fmt.Errorf("code lists: unknown column %q: the columns are set, code, label, aliases and version", h)
		case at >= 0:
			return nil, fmt.Errorf("code lists: column %q stands twice", h)
		}
		col[h] = i
	}
	for _, h := range [...]string{"set", "code", "label", "aliases", "version"} {
		if col[h] < 0 {
			return nil, fmt.Errorf("code lists: there is no column %q", h)
		}
	}
	return col, nil
}

func (c *Codes) add(row []string, col map[string]int) error {
	name, code, version := strings.TrimSpace(row[col["set"]]), strings.TrimSpace(row[col["code"]]), strings.TrimSpace(row[col["version"]])
	if _, ok := codeSets[name]; !ok && name != "offence" {
		return fmt.Errorf("there is no set %q", name)
	}
	if code == "" || codeKey(code) == "" {
		return fmt.Errorf("a row of set %q has no code", name)
	}
	s := c.sets[name]
	if s == nil {
		s = &codeSet{rule: name, lookup: map[string]string{}, own: map[string]bool{}}
		if name == "vehicle-make" {
			s.rule = "make"
		}
		c.sets[name], c.versions[name] = s, version
	}
	if s.own[code] {
		return fmt.Errorf("code %q of set %q stands twice", code, name)
	}
	s.own[code] = true
	if c.versions[name] != version {
		return fmt.Errorf("set %q has two versions, %q and %q", name, c.versions[name], version)
	}
	for i, text := range append([]string{code, row[col["label"]]}, strings.Split(row[col["aliases"]], "|")...) {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if was, taken := s.lookup[codeKey(text)]; taken && was != code {
			return fmt.Errorf("%q of set %q stands for both %q and %q", text, name, was, code)
		}
		if i == 0 {
			s.lookup[code] = code
		}
		s.add(text, code)
	}
	return nil
}

// Sets lists the lists that were read, in alphabetical order.
func (c *Codes) Sets() []CodeSet {
	var out []CodeSet
	if c == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(c.sets)) {
		out = append(out, CodeSet{name, c.versions[name], true})
	}
	return out
}

// CodeSets lists the built-in code lists, in alphabetical order.
func CodeSets() []CodeSet {
	var out []CodeSet
	for _, name := range slices.Sorted(maps.Keys(codeSets)) {
		out = append(out, CodeSet{name, builtInVersion, false})
	}
	return out
}

// code reads a coded value by the user's own list, or else the built-in one.
func (o Options) code(set, text string) Result {
	if o.Codes != nil {
		if c := o.Codes.sets[set]; c != nil {
			return c.read(text)
		}
	}
	return Code(set, text)
}
