// Observes what it reads with the Go client and prints the native histogram that comes of it.
//
// A line of input is one histogram: its factor, zero threshold, number of buckets and the most that the threshold may
// become, then the values. A line of output is what protobuf holds of it.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		numbers := make([]float64, len(fields))
		for at, field := range fields {
			number, err := strconv.ParseFloat(field, 64)
			if err != nil {
				panic(err)
			}
			numbers[at] = number
		}
		fmt.Println(observe(numbers))
	}
}

func observe(numbers []float64) string {
	histogram := prometheus.NewHistogram(prometheus.HistogramOpts{
		Name:                            "n",
		NativeHistogramBucketFactor:     numbers[0],
		NativeHistogramZeroThreshold:    numbers[1],
		NativeHistogramMaxBucketNumber:  uint32(numbers[2]),
		NativeHistogramMaxZeroThreshold: numbers[3],
	})
	for _, value := range numbers[4:] {
		histogram.Observe(value)
	}
	var metric dto.Metric
	if err := histogram.Write(&metric); err != nil {
		panic(err)
	}
	h := metric.Histogram
	out := fmt.Sprintf("%d %d %v %d", h.GetSampleCount(), h.GetSchema(), h.GetZeroThreshold(), h.GetZeroCount())
	return out + side(h.PositiveSpan, h.PositiveDelta) + side(h.NegativeSpan, h.NegativeDelta)
}

func side(spans []*dto.BucketSpan, deltas []int64) string {
	out := " |"
	for _, span := range spans {
		out += fmt.Sprintf(" %d:%d", span.GetOffset(), span.GetLength())
	}
	out += " ;"
	for _, delta := range deltas {
		out += fmt.Sprintf(" %d", delta)
	}
	return out
}
