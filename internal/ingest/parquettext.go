package ingest

import (
	"encoding/hex"
	"math"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	pq "github.com/parquet-go/parquet-go/format"
)

// reader gives what puts a value of a column into text. It says false for what
// is no text.
func reader(n parquet.Node) func(parquet.Value) (string, bool) {
	kind := n.Type().Kind()
	lt := n.Type().LogicalType()
	if lt == nil {
		return plainText(kind)
	}
	switch t := lt.Value.(type) {
	case *pq.DateType:
		return func(v parquet.Value) (string, bool) {
			return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly), true
		}
	case *pq.TimestampType:
		unit := nanoseconds(t.Unit)
		return func(v parquet.Value) (string, bool) {
			per := int64(time.Second) / unit
			sec, rest := v.Int64()/per, v.Int64()%per
			return stamp(time.Unix(sec, rest*unit), t.IsAdjustedToUTC), true
		}
	case *pq.TimeType:
		unit := nanoseconds(t.Unit)
		return func(v parquet.Value) (string, bool) {
			n := int64(v.Int32())
			if kind == parquet.Int64 {
				n = v.Int64()
			}
			return time.Unix(0, n*unit).UTC().Format("15:04:05.999999999"), true
		}
	case *pq.DecimalType:
		return decimalText(kind, int(t.Scale))
	case *pq.UUIDType:
		return func(v parquet.Value) (string, bool) {
			b := v.ByteArray()
			if len(b) != 16 {
				return "", false
			}
			return uuid(b), true
		}
	case *pq.IntType:
		if !t.IsSigned {
			return func(v parquet.Value) (string, bool) {
				if kind == parquet.Int32 {
					return strconv.FormatUint(uint64(v.Uint32()), 10), true
				}
				return strconv.FormatUint(v.Uint64(), 10), true
			}
		}
	case *pq.BsonType, *pq.Float16Type, *pq.VariantType, *pq.GeometryType, *pq.GeographyType:
		return func(parquet.Value) (string, bool) { return "", false }
	}
	return plainText(kind)
}

func nanoseconds(u pq.TimeUnit) int64 {
	switch u.Value.(type) {
	case *pq.MilliSeconds:
		return int64(time.Millisecond)
	case *pq.MicroSeconds:
		return int64(time.Microsecond)
	}
	return 1
}

// maxScale is how many digits after the point a number may have.
const maxScale = 100

func decimalText(kind parquet.Kind, scale int) func(parquet.Value) (string, bool) {
	return func(v parquet.Value) (string, bool) {
		if scale < 0 || scale > maxScale {
			return "", false
		}
		switch kind {
		case parquet.Int32:
			return decimal(big.NewInt(int64(v.Int32())), scale), true
		case parquet.Int64:
			return decimal(big.NewInt(v.Int64()), scale), true
		case parquet.ByteArray, parquet.FixedLenByteArray: // two's complement, the greatest byte first
			b := v.ByteArray()
			if len(b) == 0 || len(b) > 64 {
				return "", false
			}
			n := new(big.Int).SetBytes(b)
			if b[0] >= 0x80 {
				n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
			}
			return decimal(n, scale), true
		}
		return "", false
	}
}

// plainText reads a column that says nothing of what its values mean.
func plainText(kind parquet.Kind) func(parquet.Value) (string, bool) {
	switch kind {
	case parquet.Boolean:
		return func(v parquet.Value) (string, bool) { return strconv.FormatBool(v.Boolean()), true }
	case parquet.Int32:
		return func(v parquet.Value) (string, bool) { return strconv.FormatInt(int64(v.Int32()), 10), true }
	case parquet.Int64:
		return func(v parquet.Value) (string, bool) { return strconv.FormatInt(v.Int64(), 10), true }
	case parquet.Int96: // a time, as older writers keep it
		return func(v parquet.Value) (string, bool) {
			i := v.Int96()
			nanos := int64(i[0]) | int64(i[1])<<32
			return stamp(time.Unix((int64(i[2])-julianEpoch)*86400, nanos), true), true
		}
	case parquet.Float:
		return func(v parquet.Value) (string, bool) { return float(float64(v.Float()), 32), true }
	case parquet.Double:
		return func(v parquet.Value) (string, bool) { return float(v.Double(), 64), true }
	}
	return func(v parquet.Value) (string, bool) {
		b := v.ByteArray()
		return string(b), utf8.Valid(b)
	}
}

// julianEpoch is the Julian day of 1 January 1970.
const julianEpoch = 2440588

// float writes a number in full; what is not one is blank, as data frames write
// it for a value that is not there.
func float(f float64, bits int) string {
	if math.IsNaN(f) {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, bits)
}

// stamp writes a time, with Z where it is one of a known moment.
func stamp(t time.Time, utc bool) string {
	if utc {
		return t.UTC().Format(time.RFC3339Nano)
	}
	return t.UTC().Format("2006-01-02T15:04:05.999999999")
}

// decimal writes a whole number with the point scale digits from its end.
func decimal(n *big.Int, scale int) string {
	s := new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
	return s.FloatString(scale)
}

// uuid writes 16 bytes as RFC 9562 does.
func uuid(b []byte) string {
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
