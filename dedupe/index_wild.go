package dedupe

import (
	"context"
	"slices"
	"strings"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// wildcard is what is known of a text: ? stands for one character, * for any
// number of them.
type wildcard struct {
	name    string // of what it is
	column  string
	pattern string
}

// A mark is never longer, and a longer pattern of one fits nothing.
const maxWild = 32

// wildcards takes from what is asked the marks and VINs of which only a part is
// known. The record given stays as it is.
func wildcards(r record.Record) (record.Record, []wildcard) {
	v, ok := r.(*record.Vehicle)
	if !ok {
		return r, nil
	}
	mark, vin := wildText(string(v.VRM)), wildText(string(v.VIN))
	partMark := mark != "" && (v.VRMPartial == record.Yes || strings.ContainsAny(mark, "?*"))
	partVIN := vin != "" && (strings.ContainsAny(vin, "?*") || len(vin) < 17 && len(vin) >= 3)
	if !partMark && !partVIN {
		return r, nil
	}
	own := record.Clone(v)
	var out []wildcard
	if partMark {
		if !strings.ContainsAny(mark, "?*") {
			mark = "*" + mark + "*"
		}
		own.VRM = ""
		out = append(out, wildcard{"mark", "vrm", lookAlike(mark)})
	}
	if partVIN {
		if !strings.ContainsAny(vin, "?*") {
			vin = "*" + vin
		}
		own.VIN = ""
		out = append(out, wildcard{"VIN", "vin", lookAlike(vin)})
	}
	return own, out
}

// wildText folds a text but for its wildcards.
func wildText(s string) string {
	if len(s) > maxWild {
		return s
	}
	s = strings.ReplaceAll(s, "_", "?")
	var b strings.Builder
	for piece := range strings.SplitSeq(strings.ReplaceAll(s, "*", "\x00*\x00"), "\x00") {
		for i, part := range strings.Split(piece, "?") {
			if i > 0 {
				b.WriteByte('?')
			}
			if part == "*" {
				b.WriteByte('*')
				continue
			}
			b.WriteString(joined(normalise.Fold(part)))
		}
	}
	return b.String()
}

// wildMatch says whether a text fits a pattern. It takes at most length times length steps.
func wildMatch(pattern, text string) bool {
	star, back := -1, 0
	p := 0
	for i := 0; i < len(text); {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, back = p, i
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[i]):
			p++
			i++
		case star >= 0:
			back++
			p, i = star+1, back
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

func (c *core) wildFits(wild []wildcard, row int32) bool {
	for i := range wild {
		col := c.t.column(wild[i].column)
		id := c.t.id(col, row)
		if id == missing || !wildMatch(wild[i].pattern, lookAlike(col.text[id])) {
			return false
		}
	}
	return true
}

// The ends of a text, in its parts.
const textStart, textEnd = "^", "$"

// textParts gives every three characters of a text with its ends.
func textParts(s string) (out []string) {
	for i := 0; i+3 <= len(s); i++ {
		out = append(out, s[i:i+3])
	}
	return out
}

// markParts are the parts of a mark by which it is found when some is not known.
func markParts(s string) []string {
	if s == "" || len(s) > maxWild {
		return nil
	}
	return unique(textParts(textStart + lookAlike(s) + textEnd))
}

// vinParts are those of the last characters of a VIN.
func vinParts(s string) []string {
	if s == "" || len(s) > maxWild {
		return nil
	}
	return unique(textParts(lookAlike(s[max(len(s)-8, 0):]) + textEnd))
}

// unique leaves each text once, in their order.
func unique(s []string) []string {
	var out []string
	for i, x := range s {
		if !slices.Contains(s[:i], x) {
			out = append(out, x)
		}
	}
	return out
}

// wildRows gives records that fit a pattern, at most so many; rest says that there
// may be more. It looks under the rarest part of the pattern, and through all
// records when the pattern has no part of three characters that is known.
func (c *core) wildRows(ctx context.Context, w *wildcard, most int) (out []int32, rest bool) {
	if len(w.pattern) > maxWild {
		return nil, false
	}
	visit := func(row int32) bool {
		if !c.hidden[row] && c.wildFits([]wildcard{*w}, row) {
			if len(out) == most {
				rest = true
				return false
			}
			out = append(out, row)
		}
		return true
	}
	var best *posting
	var hash uint64
	least := c.t.n
	for _, p := range c.posts {
		if p.parts == nil || p.column != w.column {
			continue
		}
		for _, part := range wildParts(w.pattern, w.column) {
			h := fnv64(part)
			if n := p.size(h, least); n < least || best == nil {
				best, hash, least = p, h, n
			}
		}
	}
	if best != nil {
		best.each(hash, visit)
		return out, rest
	}
	for r := searchers; r < c.t.n && visit(int32(r)); r++ {
		if r&8191 == 0 && ctx.Err() != nil {
			return out, true
		}
	}
	return out, rest
}

// wildParts gives those parts that every text that fits a pattern has.
func wildParts(pattern, column string) (out []string) {
	if column == "vin" { // only the ends of VINs are held
		pattern = pattern[strings.LastIndexAny(pattern, "?*")+1:]
		return textParts(pattern[max(len(pattern)-8, 0):] + textEnd)
	}
	for piece := range strings.FieldsFuncSeq(textStart+pattern+textEnd, func(r rune) bool { return r == '?' || r == '*' }) {
		out = append(out, textParts(piece)...)
	}
	return out
}
