package report

import (
	"io"
	"strconv"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/guard"
)

// WritePairs writes pairs as CSV, or with jsonl as JSON Lines with the evidence
// comparison by comparison. id gives the id of the i-th record. Of a pair the
// lesser id comes first, so that the order of the rows doesn't show; of a linked
// one that of the left file. With safe the cells of CSV are guarded against
// spreadsheets that would take them for formulas.
func WritePairs(w io.Writer, pairs []dedupe.Pair, id func(int) string, jsonl, linked, safe bool) error {
	guard := guarding(safe)
	ids := func(p *dedupe.Pair) (string, string) {
		if linked {
			return id(p.A), id(p.B)
		}
		return inOrder(id(p.A), id(p.B))
	}
	var b []byte
	if !jsonl {
		b = append(b, "id_a,id_b,weight,probability,decision,reason\n"...)
	}
	for i := range pairs {
		if p := &pairs[i]; jsonl {
			first, second := ids(p)
			b = appendPair(b, p, first, second)
		} else {
			first, second := ids(p)
			b = append(appendCSV(b, guard(first)), ',')
			b = append(appendCSV(b, guard(second)), ',')
			b = append(strconv.AppendFloat(b, p.Weight, 'f', 3, 64), ',')
			b = append(strconv.AppendFloat(b, p.Probability, 'f', 6, 64), ',')
			b = append(append(b, p.Decision...), ',')
			b = append(appendCSV(b, guard(p.Reason)), '\n')
		}
		if len(b) > 1<<15 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(b)
	return err
}

func appendPair(b []byte, p *dedupe.Pair, first, second string) []byte {
	b = appendString(append(b, `{"id_a":`...), first)
	b = appendString(append(b, `,"id_b":`...), second)
	b = appendNumber(append(b, `,"weight":`...), p.Weight)
	b = appendNumber(append(b, `,"probability":`...), p.Probability)
	b = appendString(append(b, `,"decision":`...), string(p.Decision))
	b = appendString(append(b, `,"reason":`...), p.Reason)
	b = append(b, `,"evidence":[`...)
	for i, e := range p.Evidence {
		b = appendMembers(b, i, "comparison", e.Comparison, "level", e.Level)
		b = appendNumber(append(b[:len(b)-1], `,"weight":`...), e.Weight)
		b = append(b, '}')
	}
	return append(b, "]}\n"...)
}

// inOrder puts the lesser id first: the shorter, so that 9 comes before 10, or
// of equal length the lesser text.
func inOrder(a, b string) (string, string) {
	if len(b) < len(a) || len(a) == len(b) && b < a {
		return b, a
	}
	return a, b
}

// WriteClusters writes for every record, in order, the least id of its cluster:
// which that is doesn't depend on the order of the rows. With safe the ids are
// guarded against spreadsheets that would take them for formulas.
func WriteClusters(w io.Writer, clusters []int, id func(int) string, safe bool) error {
	guard := guarding(safe)
	least := map[int]string{} // of clusters with more than one record
	for i, c := range clusters {
		if i == c {
			continue
		}
		if least[c] == "" {
			least[c] = id(c)
		}
		least[c], _ = inOrder(least[c], id(i))
	}
	b := []byte("id,cluster_id\n")
	for i, c := range clusters {
		name := least[c]
		if name == "" {
			name = id(c)
		}
		b = append(appendCSV(b, guard(id(i))), ',')
		b = append(appendCSV(b, guard(name)), '\n')
		if len(b) > 1<<15 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(b)
	return err
}

// appendCSV writes one cell.
func appendCSV(b []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") && s != "" && s[0] != ' ' {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

func guarding(safe bool) func(string) string {
	if safe {
		return guard.Put
	}
	return func(s string) string { return s }
}
