package report

import (
	"fmt"

	"leds.internal/ledsq/quality"
)

// summaryPage makes the page of check, amend and validate.
func summaryPage(h *Header, s *Summary) *page {
	p := &page{H: h, Records: s.Records, Skipped: s.Skipped, Amended: s.Amended, Bands: s.Distribution}
	switch h.Command {
	case "amend":
		p.Title = "Amendments"
	case "validate":
		p.Title = "Data quality of whole data sets"
	default:
		p.Title = "Data quality of records"
	}
	p.Tiles = []tile{
		{"Mean score", fmt.Sprintf("%.3f", s.Score), "1 is best; no proof that a record is true"},
		{"Records read", count(s.Records), skippedNote(s.Skipped)},
		{"Errors", count(s.Findings[quality.Error]), "in " + plural(s.Affected[quality.Error], "record")},
		{"Warnings", count(s.Findings[quality.Warning]), "in " + plural(s.Affected[quality.Warning], "record")},
		{"Could not be told", count(s.CannotTell), "a rule lacked what it needs"},
	}
	if s.RuleErrors > 0 {
		p.Tiles = append(p.Tiles, tile{"Rules crashed", count(s.RuleErrors), "the results are incomplete"})
	}
	for _, d := range quality.Dimensions() {
		if v, ok := s.Dimensions[string(d)]; ok {
			p.Dimensions = append(p.Dimensions, dimension{string(d), v, meaningOf(d)})
		}
	}
	if s.Records > 0 && len(s.Distribution) > 0 {
		p.Distribution = scoreChart(s.Distribution)
	}
	p.Trend = trendOf(h, EarlierSummary{Records: s.Records, Score: s.Score, Dimensions: s.Dimensions, Findings: s.Findings, Affected: s.Affected})
	p.group("By force", "The force that owns the record.", s.Forces)
	p.group("By source", "The system the record says it comes from, else the file.", s.Sources)
	p.Fields = s.Fields[:min(len(s.Fields), pageFields)]
	p.leave(len(p.Fields), len(s.Fields), "Fields with faults")
	p.rules(s)
	if s.Set != nil {
		p.set(s.Set)
	}
	for i := range s.NotRun {
		f := &s.NotRun[i]
		p.Untold = append(p.Untold, untold{f.Rule, h.title(f.Rule), f.Message, "every record"})
	}
	p.SkippedRows = s.SkippedRows[:min(len(s.SkippedRows), pageSkipped)]
	p.leave(len(p.SkippedRows), len(s.SkippedRows), "Rows that could not be read")
	return p
}

func skippedNote(n int) string {
	if n == 0 {
		return "no row was skipped"
	}
	return plural(n, "row") + " could not be read"
}

func (p *page) group(title, what string, rows []GroupTotal) {
	if len(rows) == 0 {
		return
	}
	shown := rows[:min(len(rows), pageGroups)]
	p.Groups = append(p.Groups, groupTable{title, what, shown})
	p.leave(len(shown), len(rows), title)
}

// rules shares out what rules found: the worst in full, the rest in a line each,
// those that could not tell apart.
func (p *page) rules(s *Summary) {
	failed := 0
	for _, r := range s.Rules {
		if r.Outcome == quality.CannotTell {
			why := "what it needs is missing"
			if len(r.Examples) > 0 {
				why = r.Examples[0].Message
			}
			p.Untold = append(p.Untold, untold{r.Rule, r.Title, why, plural(r.Records, "record")})
			continue
		}
		switch failed++; {
		case len(p.Rules) < pageRules:
			c := ruleCard{RuleTotal: r, Word: word(r.Severity, r.Outcome)}
			for i := range p.H.Rules {
				if p.H.Rules[i].ID == r.Rule {
					c.Why, c.Source = p.H.Rules[i].Why, p.H.Rules[i].Source
				}
			}
			p.Rules = append(p.Rules, c)
		case len(p.MoreRules) < pageRulesMore:
			p.MoreRules = append(p.MoreRules, r)
		}
	}
	p.leave(len(p.Rules)+len(p.MoreRules), failed, "Rules that found something")
	for _, r := range s.Rules {
		if r.Records > maxExamples {
			p.LeftOut = append(p.LeftOut, fmt.Sprintf("Each rule names at most %d records; --out jsonl=FILE lists every finding of every record.", maxExamples))
			break
		}
	}
}

func (p *page) set(s *Set) {
	p.CanFairness = true
	for _, f := range s.Sources {
		for i := range f.Findings {
			found := &f.Findings[i]
			one := untold{found.Rule, p.H.title(found.Rule), found.Message, f.Name}
			if found.Outcome == quality.Fail {
				p.OfSources = append(p.OfSources, one)
			} else {
				p.Untold = append(p.Untold, one)
			}
		}
	}
	for _, f := range s.Filled {
		p.Filled = append(p.Filled, filled{f.Field, f.Records, f.Share})
	}
	all := len(p.Filled)
	p.Filled = p.Filled[:min(all, 2*pageFields)]
	p.leave(len(p.Filled), all, "Fields and how often they are filled")
	d := &duplicates{Matches: s.Matches, Reviews: s.Reviews, Clusters: s.Clusters, Rate: s.Rate, Candidates: s.Candidates, Dropped: s.Dropped, Largest: s.Largest}
	d.charts(s.Weights, s.Thresholds, nil)
	p.pairs(d, s.Pairs)
	p.leave(len(d.Largest), s.Clusters, "Clusters")
	p.Duplicates = d
	p.Conflicts = s.Conflicts[:min(len(s.Conflicts), pageConflicts)]
	p.leave(len(p.Conflicts), len(s.Conflicts), "Conflicts")
}
