package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	cdpinput "github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"leds.internal/ledsq/dedupe"
)

// hostilePersons are two pairs whose values try to become markup and formulas.
const hostilePersons = `id,first_name,surname,dob,postcode,phone,email,address
=HYPERLINK(1),William,"<img src=x onerror=alert(1)>",1979-03-04,LS1 4AP,07700900123,w@example.org,1 Mill Lane
'@2,Will,"<img src=x onerror=alert(1)>",1979-03-04,LS1 4AP,07700900123,w@example.org,1 Mill Lane
</script><b>3,Aisha,"<script>alert(2)</script>",1991-12-30,M1 1AA,07700900124,a@example.org,2 Mill Lane
4,Aisha,"<script>alert(2)</script>",1991-12-03,M1 1AA,07700900124,a@example.org,2 Mill Lane
5,Ewa,Mazur,1985-05-17,B1 1AA,07700900125,e@example.org,3 Mill Lane
`

// keys presses keys one after the other, wherever the focus is.
func (b *browser) keys(keys string) {
	b.t.Helper()
	b.run(chromedp.KeyEvent(keys))
}

// shortcut presses one letter as a keyboard does, so that a page that takes the
// key for itself keeps it from the field that then has the focus.
func (b *browser) shortcut(letter string) {
	b.t.Helper()
	for _, kind := range []cdpinput.DispatchKeyEventType{cdpinput.DispatchKeyEventTypeKeyDown, cdpinput.DispatchKeyEventTypeKeyUp} {
		p := cdpinput.DispatchKeyEventParams{Type: kind, Key: letter}
		if kind == cdpinput.DispatchKeyEventTypeKeyDown {
			p.Text = letter
		}
		_, err := chromedp.Call(b.ctx, cdpinput.DispatchKeyEvent, p)
		b.must(err)
	}
}

// downloaded waits for a file to be there as a whole.
func downloaded(t *testing.T, path string) string {
	t.Helper()
	for range 100 {
		if text, err := os.ReadFile(path); err == nil && len(text) > 0 {
			return string(text)
		}
		time.Sleep(100 * time.Millisecond)
	}
	there, _ := os.ReadDir(filepath.Dir(path))
	t.Fatalf("%s was not downloaded: there are %v", filepath.Base(path), there)
	return ""
}

// Of a file of many batches each record of the page holds its own values.
func TestReviewShowsTheRecordsThemselves(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	persons, pairs := "id,first_name,surname,dob,station\n", "id_a,id_b,weight,probability,decision,reason\n"
	const n = 8_000
	for i := range n {
		persons += fmt.Sprintf("%d,Ann,Quill%d,1979-03-04,station %d\n", i, i, i)
		if i%100 == 1 {
			pairs += fmt.Sprintf("%d,%d,9,0.998,match,\n", i-1, i)
		}
	}
	for name, text := range map[string]string{"p.csv": persons, "pairs.csv": pairs, "m.yaml": "name: people\nid: id\ncomparisons: [{column: surname, type: text}]\n"} {
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, more := range [][]string{nil, {"--model", at("m.yaml")}} {
		command(t, 0, append([]string{"review", "-q", "--reveal", "--records", at("p.csv"), "--out", "html=" + at("r.html"), at("pairs.csv")}, more...)...)
		page, err := os.ReadFile(at("r.html"))
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(page), `<script type="application/json" id="data">`)
		var data struct {
			Fields  []string
			Records []struct {
				ID string
				V  []string
			}
		}
		if err := json.NewDecoder(strings.NewReader(rest)).Decode(&data); err != nil || len(data.Records) != n/50 {
			t.Fatalf("%d records, %v", len(data.Records), err)
		}
		surname, station := slices.IndexFunc(data.Fields, func(f string) bool { return strings.EqualFold(f, "surname") }), slices.Index(data.Fields, "station")
		for _, r := range data.Records {
			if r.V[surname] != "Quill"+r.ID || r.V[station] != "station "+r.ID {
				t.Fatalf("record %s is shown as %q", r.ID, r.V)
			}
		}
	}
}

func TestReviewInBrowser(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("p.csv"), []byte(hostilePersons), 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t)
	command(t, 0, "dedupe", "-q", "--pairs", at("pairs.jsonl"), "--out", "json="+at("d.json"), at("p.csv"))
	command(t, 0, "review", "-q", "--reveal", "--records", at("p.csv"), "--out", "html="+at("review.html"), at("pairs.jsonl"))
	downloads := true
	_, err := chromedp.CallBrowser(b.ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, EventsEnabled: &downloads})
	b.must(err)

	b.show(at("review.html"), 1440)
	b.run(chromedp.WaitReady(chromedp.CSS("body[data-ready]")))
	n := eval[int](b, "JSON.parse(document.getElementById('data').textContent).pairs.length")
	if n != 2 {
		t.Fatalf("%d pairs on the page, not 2", n)
	}
	if got := eval[string](b, "[...document.querySelectorAll('#records td')].map(t => t.textContent).join(' ').toLowerCase()"); !strings.Contains(got, "<img src=x onerror=alert(1)>") && !strings.Contains(got, "<script>alert(2)</script>") {
		t.Errorf("the values are not shown as text: %s", got)
	}
	// The steps of the evidence add up to the weight of the pair.
	sum := eval[float64](b, "Math.abs([...document.querySelectorAll('#steps tbody tr:not(.total) td:nth-child(3)')].reduce((s, t) => s + Number(t.textContent.replace('−', '-')), 0) - Number(document.querySelector('#steps .total td:nth-child(3)').textContent.replace('−', '-')))")
	if sum > 0.05 {
		t.Errorf("the evidence misses the weight by %g bits", sum)
	}
	b.photograph("review-1440")
	b.accessible()

	// Without a name nothing can be decided.
	b.run(chromedp.Focus(chromedp.CSS("#title")))
	b.shortcut("s")
	if got := eval[string](b, "document.activeElement.id"); got != "reviewer" {
		t.Errorf("without a name the focus is on %q", got)
	}
	// All of it by keyboard: name, note, decision, next, decision, save.
	b.keys("Kim, =1+1" + kb.Enter)
	b.shortcut("n")
	b.keys("=HYPERLINK(\"x\"), one letter\"s" + kb.Escape)
	b.shortcut("s")
	if got := eval[string](b, "document.getElementById('where').textContent"); got != "Pair 2 of 2" {
		t.Errorf("after a decision the page is at %s", got)
	}
	b.shortcut("k")
	b.shortcut("j")
	b.shortcut("d")
	if got := eval[string](b, "document.activeElement.id"); got != "save" {
		t.Errorf("after the last decision the focus is on %q", got)
	}
	b.keys(kb.Enter)
	text := downloaded(t, at("decisions-Kim-1-1.csv"))
	list, err := dedupe.ReadJudgements(strings.NewReader(text), "decisions.csv")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	order := eval[string](b, "JSON.stringify(JSON.parse(document.getElementById('data').textContent, (k, v) => v).pairs.map(p => [p.a, p.b].map(i => JSON.parse(document.getElementById('data').textContent).records[i].id)))")
	var pairs [][2]string
	if err := json.Unmarshal([]byte(order), &pairs); err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].Verdict != dedupe.Same || list[1].Verdict != dedupe.NotSame {
		t.Fatalf("the file holds %+v", list)
	}
	for i, j := range list {
		if j.A != pairs[i][0] || j.B != pairs[i][1] || j.Reviewer != "Kim, =1+1" || time.Since(j.At) > time.Hour || time.Until(j.At) > time.Minute {
			t.Errorf("decision %d is on %s and %s, by %s, at %s", i, j.A, j.B, j.Reviewer, j.At)
		}
	}
	if list[0].Rationale != `=HYPERLINK("x"), one letter"s` {
		t.Errorf("the note reads %q", list[0].Rationale)
	}
	for _, line := range strings.Split(text, "\n") {
		if line != "" && strings.ContainsRune("=+-@", rune(strings.TrimPrefix(line, `"`)[0])) {
			t.Errorf("a spreadsheet takes %s for a formula", line)
		}
	}

	// Fed back, the file changes the clusters: what was one is two, what people call
	// the same is one.
	clustered := func(args ...string) map[string]string {
		command(t, 0, append([]string{"dedupe", "-q", "--clusters", at("clusters.csv")}, append(args, at("p.csv"))...)...)
		f, err := os.Open(at("clusters.csv"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		members, err := dedupe.ReadMemberships(f, "clusters.csv", "id", "cluster_id")
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]string{}
		for _, m := range members {
			of[m.Record] = m.Cluster
		}
		return of
	}
	before, after := clustered(), clustered("--decisions", at("decisions-Kim-1-1.csv"))
	if same := pairs[0]; after[same[0]] != after[same[1]] {
		t.Errorf("what was decided to be the same is in clusters %v", after)
	}
	if other := pairs[1]; before[other[0]] != before[other[1]] || after[other[0]] == after[other[1]] {
		t.Errorf("what was decided not to be the same: clusters %v before, %v after", before, after)
	}

	// Progress is kept by the browser.
	b.show(at("review.html"), 390)
	b.run(chromedp.WaitReady(chromedp.CSS("body[data-ready]")))
	if got := eval[string](b, "document.getElementById('done').textContent"); !strings.HasPrefix(got, "2 of 2 decided: 1 same, 1 not the same") {
		t.Errorf("after reload: %s", got)
	}
	b.fits()
	b.photograph("review-390")
	b.accessible()

	// A page that does not know them takes the decisions from their file; of what
	// is blind it knows nothing.
	command(t, 0, "review", "-q", "--blind", "--out", "html="+at("blind.html"), at("pairs.jsonl"))
	b.show(at("blind.html"), 1440)
	b.run(chromedp.WaitReady(chromedp.CSS("body[data-ready]")), chromedp.Evaluate[chromedp.Void]("localStorage.clear()"), chromedp.Reload(), chromedp.WaitReady(chromedp.CSS("body[data-ready]")))
	b.run(chromedp.SetUploadFiles(chromedp.CSS("#load"), []string{at("decisions-Kim-1-1.csv")}), chromedp.WaitVisible(chromedp.CSS("#save:not(:disabled)")))
	if got := eval[string](b, "document.getElementById('done').textContent"); !strings.HasPrefix(got, "2 of 2 decided: 1 same, 1 not the same") {
		t.Errorf("after loading: %s", got)
	}
	if got := eval[string](b, "document.getElementById('say').textContent"); !strings.HasPrefix(got, "2 decisions were loaded") {
		t.Errorf("after loading the page says %q", got)
	}
	blind, err := os.ReadFile(at("blind.html"))
	if err != nil {
		t.Fatal(err)
	}
	if s := string(blind); strings.Contains(s, `"w":`) || strings.Contains(s, "same surname") {
		t.Error("the blind page holds scores or reasons")
	}
	b.quiet()
}

// TestReviewOfGroup looks at a pair of three records that hang together, masked.
func TestReviewOfGroup(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	b := open(t)
	persons := filepath.Join("..", "..", "testdata", "persons.csv")
	command(t, 0, "dedupe", "-q", "--as-of", "2026-11-23", "--pairs", at("pairs.jsonl"), "--out", "json="+at("d.json"), persons)
	command(t, 0, "review", "-q", "--records", persons, "--out", "html="+at("review.html"), at("pairs.jsonl"))
	b.show(at("review.html"), 1440)
	b.run(chromedp.WaitReady(chromedp.CSS("body[data-ready]")))
	size := eval[int](b, `(() => {
		const d = JSON.parse(document.getElementById("data").textContent), i = d.pairs.findIndex(p => d.groups[p.g].length === 3);
		document.getElementById("all").open = true;
		document.querySelectorAll("#list button")[i].click();
		return document.querySelectorAll("#members thead th").length;
	})()`)
	if size != 5 || eval[bool](b, "document.getElementById('group').hidden") { // field, three records, compared
		t.Errorf("the table of the group has %d columns", size)
	}
	if got := eval[string](b, "document.getElementById('records').textContent"); !strings.Contains(got, "***") || !strings.Contains(got, "same") {
		t.Errorf("masked values or their agreement are not shown: %.300s", got)
	}
	b.fits()
	b.photograph("review-group")
	b.accessible()
	b.quiet()
}
