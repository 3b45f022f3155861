package report

import (
	"fmt"
	"math"

	"leds.internal/ledsq/quality"
)

// trend is how runs compare, oldest first and this one last.
type trend struct {
	Chart      *figure
	Dimensions []string
	Rows       []trendRow
	Matching   bool
}

type trendRow struct {
	Day, Version               string
	Records                    int
	Score                      float64
	Dimensions                 []string
	Errors, Warnings           string // per 1,000 records
	Matches, Reviews, Entities int
}

// trendOf puts this run beside the earlier ones; nil when there are none.
func trendOf(h *Header, now EarlierSummary) *trend {
	if len(h.Earlier) == 0 {
		return nil
	}
	runs := append(append([]Earlier{}, h.Earlier...), Earlier{*h, now})
	t := &trend{Matching: now.Dimensions == nil}
	d := &drawing{x: "judged as of"}
	if t.Matching {
		d.caption, d.series = "Pairs, run by run", []series{{name: "matches"}, {name: "for review"}}
	} else {
		for _, dim := range quality.Dimensions() {
			if _, ok := now.Dimensions[string(dim)]; ok {
				t.Dimensions = append(t.Dimensions, string(dim))
			}
		}
		d.caption, d.series = "Mean score, run by run", []series{{name: "score"}}
	}
	for _, r := range runs {
		s := &r.Summary
		row := trendRow{Day: r.Header.AsOf, Version: r.Header.Version, Records: s.Records, Score: s.Score, Matches: s.Matches, Reviews: s.Reviews, Entities: s.Entities,
			Errors: perThousand(s.Findings[quality.Error], s.Records), Warnings: perThousand(s.Findings[quality.Warning], s.Records)}
		for _, dim := range t.Dimensions {
			if v, ok := s.Dimensions[dim]; ok {
				row.Dimensions = append(row.Dimensions, fmt.Sprintf("%.3f", v))
			} else {
				row.Dimensions = append(row.Dimensions, "none")
			}
		}
		t.Rows = append(t.Rows, row)
		d.labels = append(d.labels, row.Day)
		if t.Matching {
			d.series[0].values = append(d.series[0].values, float64(s.Matches))
			d.series[1].values = append(d.series[1].values, float64(s.Reviews))
		} else {
			d.series[0].values = append(d.series[0].values, s.Score)
		}
	}
	first, last := t.Rows[0], t.Rows[len(t.Rows)-1]
	if t.Matching {
		d.alt = fmt.Sprintf("Line chart. From %s to %s matches went from %d to %d.", first.Day, last.Day, first.Matches, last.Matches)
	} else {
		least := 1.0
		for _, r := range t.Rows {
			least = min(least, r.Score)
		}
		from, to := math.Max(math.Floor(least*20-0.5)/20, 0), 1.0
		d.from, d.to, d.ticks = &from, &to, 6
		d.alt = fmt.Sprintf("Line chart. From %s to %s the mean score went from %.3f to %.3f.", first.Day, last.Day, first.Score, last.Score)
	}
	t.Chart = d.lines()
	return t
}

func perThousand(n, of int) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%.1f", 1000*float64(n)/float64(of))
}
