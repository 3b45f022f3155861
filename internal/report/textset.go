package report

import "strings"

// set writes what there is to say of data sets beyond their single records.
func (t *text) set(s *Set) {
	if len(s.Sources) > 1 {
		t.printf("\nSources\n")
		for _, o := range s.Sources {
			t.printf("  %-20s %9s records, score %.3f\n", o.Name, count(o.Records), o.Score)
		}
	}
	heading := "\nTargets\n"
	for _, o := range s.Sources {
		for _, r := range o.Rates {
			t.printf("%s", heading)
			heading = ""
			t.printf("  %-20s %5.1f%% of %s (target %.0f%%): %s\n", o.Name, 100*r.Reached, count(r.Of), 100*r.Target, r.Meaning)
		}
	}
	for _, o := range s.Sources {
		for _, f := range o.Findings {
			t.printf("\n  %-11s %s, source %s: %s\n              %s\n", f.Severity, f.Rule, o.Name, f.Message, f.Fix)
		}
	}
	t.printf("\nFilled fields\n")
	for i, f := range s.Filled {
		if i == textRules {
			t.printf("  …and %d more fields; use --out json=FILE for all\n", len(s.Filled)-i)
			break
		}
		t.printf("  %-20s %9s  %5.1f%%\n", f.Field, count(f.Records), 100*f.Share)
	}
	t.printf("\nDuplicates    %s proposed as matches, %s for clerical review; %s of two records or more; %.2f%% of records are beyond the first of their cluster\n",
		plural(s.Matches, "pair"), count(s.Reviews), plural(s.Clusters, "cluster"), 100*s.Rate)
	for i, p := range s.Pairs {
		if i == textPairs {
			t.printf("  …and %s more pairs; use --out json=FILE for all\n", count(len(s.Pairs)-i))
			break
		}
		t.printf("  %-7s %s, %s (%.1f bits): %s\n", p.Decision, p.A, p.B, p.Weight, p.Reason)
	}
	for _, d := range s.Dropped {
		t.printf("  not compared in full: %s of the key %s with %s\n", plural(d.Blocks, "block"), d.Key, plural(d.Records, "record"))
	}
	if len(s.Conflicts) == 0 {
		return
	}
	t.printf("\nConflicts     between records that seem to be of one entity; the first value is proposed, nothing is changed\n")
	for i, c := range s.Conflicts {
		if i == textPairs {
			t.printf("  …and %s more; use --out json=FILE for all\n", count(len(s.Conflicts)-i))
			break
		}
		t.printf("  %s of %s: %s (%s)\n", c.Field, shorten(c.Records, maxExamples), strings.Join(c.Values, " | "), c.Why)
	}
}

// shorten joins the first n words.
func shorten(words []string, n int) string {
	if len(words) <= n {
		return strings.Join(words, ", ")
	}
	return strings.Join(words[:n], ", ") + " …and " + count(len(words)-n) + " more"
}
