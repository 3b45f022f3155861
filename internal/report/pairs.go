package report

import (
	"io"
	"strconv"
	"strings"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/guard"
)

// WritePairs writes pairs as CSV, or with jsonl as JSON Lines with the evidence
// comparison by comparison. explain says why the i-th pair was proposed, id gives
// the id of the i-th record; both may be called by several of the jobs at once. Of
// a pair the lesser id comes first, so that the order of the rows doesn't show; of
// a linked one that of the left file. With safe the cells
// of CSV are guarded against spreadsheets that would take them for formulas.
func WritePairs(w io.Writer, pairs []dedupe.Pair, explain func(int) dedupe.Explanation, id func(int) string, jsonl, linked, safe bool, jobs int) error {
	line := PairLine(jsonl, linked, safe)
	head := ""
	if !jsonl {
		head = "id_a,id_b,weight,probability,decision,reason\n"
	}
	return writeRows(w, head, len(pairs), jobs, func(b []byte, i int) []byte {
		why := explain(i)
		return line(b, &pairs[i], &why, id(pairs[i].A), id(pairs[i].B))
	})
}

// PairLine gives what WritePairs writes a pair with, given the ids of A and B.
func PairLine(jsonl, linked, safe bool) func(b []byte, p *dedupe.Pair, why *dedupe.Explanation, first, second string) []byte {
	guard := guarding(safe)
	return func(b []byte, p *dedupe.Pair, why *dedupe.Explanation, first, second string) []byte {
		if !linked {
			first, second = inOrder(first, second)
		}
		if jsonl {
			return appendPair(b, p, why, first, second)
		}
		b = append(appendCSV(b, guard(first)), ',')
		b = append(appendCSV(b, guard(second)), ',')
		b = append(strconv.AppendFloat(b, p.Weight, 'f', 3, 64), ',')
		b = append(strconv.AppendFloat(b, p.Probability, 'f', 6, 64), ',')
		b = append(append(b, p.Decision...), ',')
		return append(appendCSV(b, guard(why.Reason)), '\n')
	}
}

func appendPair(b []byte, p *dedupe.Pair, why *dedupe.Explanation, first, second string) []byte {
	b = appendString(append(b, `{"id_a":`...), first)
	b = appendString(append(b, `,"id_b":`...), second)
	b = appendNumber(append(b, `,"weight":`...), p.Weight)
	b = appendNumber(append(b, `,"probability":`...), p.Probability)
	b = appendString(append(b, `,"decision":`...), string(p.Decision))
	b = appendString(append(b, `,"reason":`...), why.Reason)
	b = appendNumber(append(b, `,"prior":`...), why.Prior)
	b = append(b, `,"evidence":[`...)
	for i, e := range why.Evidence {
		b = appendMembers(b, i, "comparison", e.Comparison, "level", e.Level)
		b = appendNumber(append(b[:len(b)-1], `,"weight":`...), e.Weight)
		if e.Shared != "" {
			b = appendString(append(b, `,"shared":`...), string(e.Shared))
			b = strconv.AppendInt(append(b, `,"others":`...), int64(e.Others), 10)
		}
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

// ClusterIDs gives for each record the record whose id its cluster bears, the least
// id of the cluster: which that is doesn't depend on the order of the rows.
func ClusterIDs(clusters []int, id func(int) string) []int {
	least := make([]int, len(clusters)) // by cluster: the record with the least id
	for i, c := range clusters {
		if i == c {
			least[c] = c
			continue
		}
		if one := id(least[c]); one != "" {
			if first, _ := inOrder(one, id(i)); first != one {
				least[c] = i
			}
		}
	}
	out := make([]int, len(clusters))
	for i, c := range clusters {
		out[i] = least[c]
	}
	return out
}

// WriteClusters writes for every record of n, in order, its id and that of its
// cluster. With safe the ids are guarded against spreadsheets that would take them
// for formulas.
func WriteClusters(w io.Writer, n int, cluster, id func(int) string, safe bool, jobs int) error {
	line := ClusterLine(safe)
	return writeRows(w, "id,cluster_id\n", n, jobs, func(b []byte, i int) []byte { return line(b, id(i), cluster(i)) })
}

// ClusterLine gives what WriteClusters writes a record with.
func ClusterLine(safe bool) func(b []byte, id, cluster string) []byte {
	guard := guarding(safe)
	return func(b []byte, id, cluster string) []byte {
		b = append(appendCSV(b, guard(id)), ',')
		return append(appendCSV(b, guard(cluster)), '\n')
	}
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
