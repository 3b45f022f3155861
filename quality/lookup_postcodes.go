package quality

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// maxPostcodes bounds a directory: the United Kingdom has had fewer than three
// million postcodes, those given up included.
const maxPostcodes = 6_000_000

// Postcodes is a postcode directory in memory: eight bytes a postcode, and four
// for its town. Its methods are look-ups.
type Postcodes struct {
	codes []uint64 // in order
	towns []uint32 // beside codes, places in names; nil when the file has no towns
	names []string
}

// ReadPostcodes reads a directory: CSV with a header, of which a column named
// postcode, pcds, pcd, pcd7 or pcd8 is read, and one named town, post_town or
// posttown where there is one; or a plain list, one postcode a line. name is the
// file's, for errors, which tell row and column and never a value. Other columns
// are passed over, so that the directory of the Office for National Statistics
// can be read as it comes.
func ReadPostcodes(r io.Reader, name string) (*Postcodes, error) {
	in := csv.NewReader(r)
	in.ReuseRecord, in.FieldsPerRecord = true, -1
	d := &Postcodes{}
	code, town, column := 0, -1, "1"
	at := map[string]uint32{}
	for row := 1; ; row++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: row %d: this is no CSV that can be read: %w", name, row, err)
		}
		if row == 1 {
			cells[0] = strings.TrimPrefix(cells[0], "\ufeff")
			if c, t, ok := postcodeColumns(cells); ok {
				code, town, column = c, t, strings.ToLower(strings.TrimSpace(cells[c]))
				if town >= 0 {
					d.towns = []uint32{}
				}
				continue
			}
			if len(cells) > 1 {
				return nil, fmt.Errorf("%s: row 1: no column is named postcode, pcds, pcd, pcd7 or pcd8", name)
			}
		}
		if code >= len(cells) || town >= len(cells) {
			return nil, fmt.Errorf("%s: row %d: the row has %d columns, fewer than the header", name, row, len(cells))
		}
		res := normalise.Postcode(cells[code])
		key, ok := postcodeKey(res.Canonical)
		if !ok || res.Status == normalise.Invalid {
			return nil, fmt.Errorf("%s: row %d, column %s: not a full postcode", name, row, column)
		}
		if len(d.codes) == maxPostcodes {
			return nil, fmt.Errorf("%s: row %d: more than %d postcodes: this is no directory of the United Kingdom", name, row, maxPostcodes)
		}
		d.codes = append(d.codes, key)
		if town >= 0 {
			t, seen := at[cells[town]]
			if !seen {
				t = uint32(len(d.names))
				d.names = append(d.names, strings.Clone(strings.TrimSpace(cells[town])))
				at[strings.Clone(cells[town])] = t
			}
			d.towns = append(d.towns, t)
		}
	}
	if len(d.codes) == 0 {
		return nil, fmt.Errorf("%s: there is no postcode in it", name)
	}
	d.sort()
	return d, nil
}

func postcodeColumns(head []string) (code, town int, ok bool) {
	code, town = -1, -1
	for i, h := range head {
		switch strings.ToLower(strings.TrimSpace(h)) {
		case "postcode", "pcds", "pcd", "pcd7", "pcd8":
			if code < 0 {
				code = i
			}
		case "town", "post_town", "posttown", "post town":
			town = i
		}
	}
	return code, town, code >= 0
}

// sort orders the codes, their towns with them.
func (d *Postcodes) sort() {
	if d.towns == nil {
		slices.Sort(d.codes)
		return
	}
	order := make([]uint32, len(d.codes))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortStableFunc(order, func(a, b uint32) int {
		switch x, y := d.codes[a], d.codes[b]; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	codes, towns := make([]uint64, len(order)), make([]uint32, len(order))
	for i, k := range order {
		codes[i], towns[i] = d.codes[k], d.towns[k]
	}
	d.codes, d.towns = codes, towns
}

// postcodeKey makes a number of a postcode in the form SW1A 1AA.
func postcodeKey(s string) (key uint64, ok bool) {
	if len(s) < 6 || len(s) > 8 || s[len(s)-4] != ' ' {
		return 0, false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			key = key*37 + uint64(c-'0') + 1
		case c >= 'A' && c <= 'Z':
			key = key*37 + uint64(c-'A') + 11
		}
	}
	return key, true
}

// Len gives the number of postcodes.
func (d *Postcodes) Len() int { return len(d.codes) }

// InUse says whether the directory has a postcode, in the form SW1A 1AA: a
// Lookups.PostcodeInUse.
func (d *Postcodes) InUse(p record.Postcode) bool {
	key, ok := postcodeKey(string(p))
	if !ok {
		return false
	}
	_, found := slices.BinarySearch(d.codes, key)
	return found
}

// HasTowns says that the directory has the town of each postcode.
func (d *Postcodes) HasTowns() bool { return d.towns != nil }

// Town gives the town of a postcode, "" where it is not known: a
// Lookups.PostcodeTown.
func (d *Postcodes) Town(p record.Postcode) string {
	key, ok := postcodeKey(string(p))
	if i, found := slices.BinarySearch(d.codes, key); ok && found && d.towns != nil {
		return d.names[d.towns[i]]
	}
	return ""
}
