package ingest

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// lastRow finds the number of the last row in the text of a sheet, without
// looking at whether the XML before it is sound: a reader that stops at faulty
// XML would else drop the rest in silence.
func lastRow(z *zip.Reader, sheet string) (int, error) {
	name, err := sheetPart(z, sheet)
	if err != nil {
		return 0, err
	}
	in, err := part(z, name)
	if err != nil {
		return 0, err
	}
	defer func() { _ = in.Close() }()
	return countRows(in)
}

var errPart = errors.New("can't be found in the workbook: open it in a spreadsheet and save it again")

func part(z *zip.Reader, name string) (io.ReadCloser, error) {
	for _, f := range z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), strings.TrimPrefix(name, "/")) {
			return f.Open()
		}
	}
	return nil, errPart
}

// sheetPart gives the name of the part that holds a sheet, from the list of
// sheets and the relationships of the workbook.
func sheetPart(z *zip.Reader, sheet string) (string, error) {
	var root, links relationships
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := decode(z, "_rels/.rels", &root); err != nil {
		return "", err
	}
	for _, main := range root.List {
		if !strings.HasSuffix(main.Type, "/officeDocument") {
			continue
		}
		folder, file := path.Split(strings.TrimPrefix(main.Target, "/"))
		if err := errors.Join(decode(z, folder+file, &book), decode(z, folder+"_rels/"+file+".rels", &links)); err != nil {
			return "", errPart
		}
		for _, s := range book.Sheets {
			for _, l := range links.List {
				if s.Name == sheet && l.ID == s.ID {
					if strings.HasPrefix(l.Target, "/") {
						return l.Target, nil
					}
					return path.Join(folder, l.Target), nil
				}
			}
		}
	}
	return "", errPart
}

type relationships struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func decode(z *zip.Reader, name string, to any) error {
	in, err := part(z, name)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	if xml.NewDecoder(io.LimitReader(in, partInMemory)).Decode(to) != nil {
		return errPart
	}
	return nil
}

func countRows(in io.Reader) (last int, err error) {
	closed := false
	r := bufio.NewReaderSize(in, 256<<10)
	for {
		tag, err := r.ReadSlice('>')
		if i := bytes.LastIndexByte(tag, '<'); i >= 0 {
			name, attrs, _ := bytes.Cut(tag[i+1:], []byte{' '})
			closed = closed || bytes.HasSuffix(bytes.TrimRight(name, "/>"), []byte("sheetData")) && (name[0] == '/' || bytes.HasSuffix(tag, []byte("/>")))
			name = bytes.TrimRight(name, "/>")
			if bytes.Equal(name, []byte("row")) || bytes.HasSuffix(name, []byte(":row")) {
				last++
				if _, n, ok := bytes.Cut(append([]byte{' '}, attrs...), []byte(` r="`)); ok {
					digits, _, _ := bytes.Cut(n, []byte{'"'})
					if k, err := strconv.Atoi(string(digits)); err == nil {
						last = k
					}
				}
			}
		}
		switch {
		case err == io.EOF && closed:
			return last, nil
		case err == io.EOF:
			return last, errors.New("ends before its last row: the sheet is damaged; fetch the workbook again")
		case err != nil && err != bufio.ErrBufferFull:
			return last, errors.New("can't be unpacked: the sheet is damaged")
		}
	}
}
