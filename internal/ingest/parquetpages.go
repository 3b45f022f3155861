package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	pq "github.com/parquet-go/parquet-go/format"

	"github.com/parquet-go/parquet-go/encoding/thrift"
)

// What one page of a Parquet file may hold. Writers aim at 1 MiB and some tens
// of thousands of values; the library believes what the header of a page says
// and makes room for it, so that a file of some bytes could ask for gigabytes.
const (
	maxPage       = 256 << 20 // bytes unpacked
	maxPageValues = 16 << 20
)

// weighPages reads the headers of all pages and refuses a file with one that is
// out of all proportion.
func weighPages(at io.ReaderAt, size int64, meta *pq.FileMetaData) error {
	for g := range meta.RowGroups {
		for c := range meta.RowGroups[g].Columns {
			m := &meta.RowGroups[g].Columns[c].MetaData
			from := m.DataPageOffset
			if d := m.DictionaryPageOffset; d > 0 && d < from {
				from = d
			}
			end := from + m.TotalCompressedSize
			if from < 0 || end < from || end > size {
				return fmt.Errorf("column %s of row group %d lies outside the file: it is damaged", strings.Join(m.PathInSchema, "."), g+1)
			}
			for values := int64(0); from < end && values < m.NumValues; {
				n, header, err := pageHeader(io.NewSectionReader(at, from, end-from))
				if err != nil {
					return fmt.Errorf("column %s of row group %d: %w", strings.Join(m.PathInSchema, "."), g+1, err)
				}
				from += n + int64(header.CompressedPageSize)
				values += int64(header.DataPageHeader.V.NumValues) + int64(header.DataPageHeaderV2.V.NumValues)
			}
		}
	}
	return nil
}

// pageHeader reads the header of a page and gives its length.
func pageHeader(r io.Reader) (int64, *pq.PageHeader, error) {
	in := &byteCounter{r: bufio.NewReader(r)}
	h := new(pq.PageHeader)
	if err := thrift.NewDecoder(new(thrift.CompactProtocol).NewReader(in)).Decode(h); err != nil {
		return 0, nil, errors.New("the header of a page can't be read: the file is damaged; fetch it again")
	}
	most := max(h.DataPageHeader.V.NumValues, h.DataPageHeaderV2.V.NumValues, h.DictionaryPageHeader.V.NumValues)
	if h.UncompressedPageSize > maxPage || most > maxPageValues || h.CompressedPageSize < 0 {
		return 0, nil, fmt.Errorf("a page unpacks to more than the limit of %d bytes or %d values: write the file with smaller pages", maxPage, maxPageValues)
	}
	return in.n, h, nil
}

// byteCounter counts the bytes taken from it.
type byteCounter struct {
	r *bufio.Reader
	n int64
}

func (b *byteCounter) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.n += int64(n)
	return n, err
}

func (b *byteCounter) ReadByte() (byte, error) {
	c, err := b.r.ReadByte()
	if err == nil {
		b.n++
	}
	return c, err
}
