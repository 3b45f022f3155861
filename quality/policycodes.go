package quality

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
)

// OwnCodes gives the code lists of the policy as normalising takes them, nil
// where it has none. It is as strict as normalise.ReadCodes, and names the list.
func (p Policy) OwnCodes() (*normalise.Codes, error) {
	if len(p.Codes) == 0 {
		return nil, nil
	}
	var all bytes.Buffer
	for _, set := range keys(p.Codes) {
		text, err := p.Codes[set].table(set)
		if err != nil {
			return nil, fmt.Errorf("quality: policy: %w", err)
		}
		if all.Len() > 0 { // one header does
			_, text, _ = bytes.Cut(text, []byte("\n"))
		}
		all.Write(text)
	}
	codes, err := normalise.ReadCodes(&all)
	if err != nil {
		return nil, fmt.Errorf("quality: policy: %w", err)
	}
	return codes, nil
}

// table writes one list as ReadCodes reads it, and lets it judge the list alone,
// so that what is wrong is told of the list.
func (l CodeList) table(set string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"set", "code", "label", "aliases", "version"})
	for _, code := range keys(l.Codes) {
		if slices.ContainsFunc(l.Codes[code], func(s string) bool { return strings.ContainsAny(s, "|") }) {
			return nil, fmt.Errorf("code list %s: a text that stands for a code holds a bar", set)
		}
		_ = w.Write([]string{set, code, "", strings.Join(l.Codes[code], "|"), l.Version})
	}
	w.Flush()
	if len(l.Codes) == 0 {
		return nil, fmt.Errorf("code list %s has no codes", set)
	}
	if _, err := normalise.ReadCodes(bytes.NewReader(b.Bytes())); err != nil {
		text := err.Error() // its line is not of the file that the user wrote
		if i := strings.Index(text, ": line "); i >= 0 {
			_, text, _ = strings.Cut(text[i+len(": line "):], ": ")
		}
		return nil, fmt.Errorf("code list %s: %w", set, errors.New(text))
	}
	return b.Bytes(), nil
}
