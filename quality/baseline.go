package quality

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A baseline is a list of findings that were there already: old debt stays
// counted, and only what is new fails a run. It holds fingerprints made with a
// secret key, so that nobody can tell from the file which records are meant.

// MinBaselineKey is the least length of the key of a baseline, in bytes.
const MinBaselineKey = 16

const baselineHead = "ledsq baseline 1"

// Fingerprint gives a finding's place in a baseline: the same for the same rule,
// record, field and severity under the same key. It does not depend on the
// value, which no finding holds.
func Fingerprint(key []byte, id string, f *Finding) string {
	mac := hmac.New(sha256.New, key)
	for _, part := range [...]string{f.Rule, id, f.Field, string(f.Severity)} {
		fmt.Fprintf(mac, "%d:%s,", len(part), part)
	}
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// WriteBaseline writes fingerprints, each once and in order.
func WriteBaseline(w io.Writer, prints map[string]bool) error {
	list := make([]string, 0, len(prints))
	for p := range prints {
		list = append(list, p)
	}
	slices.Sort(list)
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, baselineHead)
	for _, p := range list {
		fmt.Fprintln(b, p)
	}
	return b.Flush()
}

// ReadBaseline reads what WriteBaseline wrote.
func ReadBaseline(r io.Reader) (map[string]bool, error) {
	prints := map[string]bool{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if n == 1 {
			if line != baselineHead {
				return nil, fmt.Errorf("quality: reading baseline: the first line is not %q", baselineHead)
			}
			continue
		}
		if raw, err := hex.DecodeString(line); err != nil || len(raw) != 16 {
			return nil, fmt.Errorf("quality: reading baseline: line %d is no fingerprint", n)
		}
		prints[line] = true
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("quality: reading baseline: %w", err)
	}
	return prints, nil
}
