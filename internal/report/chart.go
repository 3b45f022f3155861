package report

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"github.com/go-analyze/charts"
)

// figure is a chart as the page shows it: a picture for wide and one for narrow
// screens, with the words for who can't see it. The table beside it in the page
// has the numbers.
type figure struct {
	Caption string
	Alt     string
	Wide    template.URL
	Narrow  template.Srcset
}

// series is one line or one set of bars.
type series struct {
	name   string
	values []float64
}

// drawing is what charts have in common.
type drawing struct {
	caption, alt string
	labels       []string
	x, y         string // what the axes show
	series       []series
	stacked      bool
	from, to     *float64 // of the value axis
	percent      bool
	ticks        int // labels of the value axis, 0 for the library's choice
}

// Sizes of a chart in CSS pixels. On a narrow screen fewer labels fit.
const (
	wideChart, narrowChart, chartHeight = 760, 360, 300
)

// palette is dark enough on white for 3 to 1 and told apart without colour
// vision by lightness: blue, orange, green, purple, grey, brown, pink.
func palette() []charts.Color {
	var out []charts.Color
	for _, hex := range []string{"#1d70b8", "#c2570c", "#00703c", "#4c2c92", "#505a5f", "#7a4b00", "#b1127a"} {
		out = append(out, charts.ParseColor(hex))
	}
	return out
}

func theme() charts.ColorPalette {
	ink, line := charts.ParseColor("#0b0c0c"), charts.ParseColor("#505a5f")
	return charts.MakeTheme(charts.ThemeOption{AxisStrokeColor: line, AxisSplitLineColor: charts.ParseColor("#d8dadb"), BackgroundColor: charts.ParseColor("#ffffff"),
		TextColor: ink, TextColorMark: ink, TextColorLabel: ink, TextColorLegend: ink, TextColorXAxis: ink, TextColorYAxis: ink, SeriesColors: palette()})
}

func (d *drawing) legend() charts.LegendOption {
	if len(d.series) < 2 {
		return charts.LegendOption{Show: charts.Ptr(false)}
	}
	var names []string
	for _, s := range d.series {
		names = append(names, s.name)
	}
	return charts.LegendOption{SeriesNames: names, FontStyle: charts.FontStyle{FontSize: 12}, Align: "left"}
}

func (d *drawing) values() (out [][]float64) {
	for _, s := range d.series {
		out = append(out, s.values)
	}
	return out
}

func (d *drawing) format(v float64) string {
	switch {
	case d.percent:
		return strconv.FormatFloat(math.Round(v*1000)/10, 'f', -1, 64) + "%"
	case v == math.Trunc(v):
		return count(int64(v))
	}
	return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64)
}

// axes gives the two axes; on a narrow chart fewer labels.
func (d *drawing) axes(narrow bool) (charts.CategoryAxisOption, charts.ValueAxisOption) {
	size := charts.FontStyle{FontSize: 12}
	x := charts.CategoryAxisOption{Labels: d.labels, LabelFontStyle: size, Title: d.x, TitleFontStyle: size}
	x.LabelCount = len(d.labels)
	room := wideChart
	if narrow {
		room = narrowChart
	}
	x.Labels = thin(d.labels, (room-90)/7)
	y := charts.ValueAxisOption{LabelFontStyle: size, Title: d.y, TitleFontStyle: size, Min: d.from, Max: d.to, ValueFormatter: d.format, LabelCount: d.ticks}
	if !d.percent && d.from == nil {
		y.Min = charts.Ptr(0.0)
	}
	return x, y
}

// thin leaves out labels, evenly, until the rest fit into a line of so many characters.
func thin(labels []string, room int) []string {
	longest := 0
	for _, l := range labels {
		longest = max(longest, len(l)+2)
	}
	step := (len(labels)*longest + room - 1) / max(room, 1)
	out := make([]string, len(labels))
	for i, l := range labels {
		if (len(labels)-1-i)%max(step, 1) == 0 {
			out[i] = l
		}
	}
	return out
}

// bars draws columns; lines draws lines.
func (d *drawing) bars() *figure {
	return d.draw(func(p *charts.Painter, narrow bool) error {
		o := charts.NewBarChartOptionWithData(d.values())
		o.Theme, o.Legend = theme(), d.legend()
		x, y := d.axes(narrow)
		o.CategoryAxis, o.ValueAxis = x, []charts.ValueAxisOption{y}
		o.StackSeries = charts.Ptr(d.stacked)
		return p.BarChart(o)
	})
}

func (d *drawing) lines() *figure {
	return d.draw(func(p *charts.Painter, narrow bool) error {
		o := charts.NewLineChartOptionWithData(d.values())
		o.Theme, o.Legend, o.LineStrokeWidth = theme(), d.legend(), 2
		x, y := d.axes(narrow)
		o.XAxis, o.YAxis = x, []charts.YAxisOption{y}
		return p.LineChart(o)
	})
}

// draw makes both pictures. They are pictures, not parts of the page, so that
// the page's policy can refuse every style and script that is not its own.
func (d *drawing) draw(paint func(*charts.Painter, bool) error) *figure {
	f := &figure{Caption: d.caption, Alt: d.alt}
	for _, width := range []int{wideChart, narrowChart} {
		p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: width, Height: chartHeight})
		err := paint(p, width == narrowChart)
		var svg []byte
		if err == nil {
			svg, err = p.Bytes()
		}
		if err != nil { // the data are ours: a chart fails for want of points only, and then there is nothing to show
			return nil
		}
		// The font it was laid out with is rarely installed; Arial runs as wide.
		text := strings.ReplaceAll(string(svg), "'Roboto Medium',sans-serif", "Arial,'Liberation Sans',sans-serif")
		url := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(text))
		if width == narrowChart {
			f.Narrow = template.Srcset(url)
		} else {
			f.Wide = template.URL(url)
		}
	}
	return f
}

// scoreChart shows how many records score how much.
func scoreChart(bands []Band) *figure {
	d := &drawing{caption: "Records by score", x: "score of the record", series: []series{{name: "records"}}}
	var words []string
	for i := len(bands) - 1; i >= 0; i-- {
		d.labels = append(d.labels, bands[i].Label)
		d.series[0].values = append(d.series[0].values, float64(bands[i].Records))
		words = append(words, bands[i].Label+": "+plural(bands[i].Records, "record"))
	}
	d.alt = "Column chart. " + strings.Join(words, "; ") + "."
	return d.bars()
}

// weightChart shows how many pairs have which match weight.
func weightChart(bands []WeightBand) *figure {
	d := &drawing{caption: "Proposed pairs by match weight", x: "match weight in bits", stacked: true, series: []series{{name: "matches"}, {name: "for review"}}}
	for _, b := range bands {
		d.labels = append(d.labels, strconv.FormatFloat(b.From, 'f', -1, 64))
		d.series[0].values = append(d.series[0].values, float64(b.Matches))
		d.series[1].values = append(d.series[1].values, float64(b.Reviews))
	}
	d.alt = fmt.Sprintf("Stacked column chart of match weights from %g to %g bits; the table gives the numbers.", bands[0].From, bands[len(bands)-1].To)
	return d.bars()
}

// thresholdChart shows what follows from each threshold.
func thresholdChart(list []Threshold) *figure {
	zero, one := 0.0, 1.0
	d := &drawing{caption: "What would follow from another threshold", x: "match from probability", percent: true, from: &zero, to: &one, ticks: 6,
		series: []series{{name: "expected to be right"}, {name: "of all matches found"}}}
	for _, t := range list {
		d.labels = append(d.labels, strconv.FormatFloat(t.Probability, 'f', -1, 64))
		d.series[0].values = append(d.series[0].values, 1-t.FalseShare)
		d.series[1].values = append(d.series[1].values, t.FoundShare)
	}
	d.alt = "Line chart of the expected share of right pairs and of matches found, by threshold; the table gives the numbers."
	return d.lines()
}

// sizeChart shows how many clusters have how many records.
func sizeChart(sizes []ClusterSize) *figure {
	d := &drawing{caption: "Clusters by size", x: "records in the cluster", series: []series{{name: "clusters"}}}
	var words []string
	for _, s := range sizes {
		d.labels = append(d.labels, strconv.Itoa(s.Records))
		d.series[0].values = append(d.series[0].values, float64(s.Clusters))
		words = append(words, fmt.Sprintf("%d records: %s", s.Records, plural(s.Clusters, "cluster")))
	}
	d.alt = "Column chart. " + strings.Join(words[:min(len(words), 12)], "; ") + "."
	return d.bars()
}
