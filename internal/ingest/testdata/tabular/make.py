# Makes the foreign files of this folder with pyarrow 26 and openpyxl 3.1.
import datetime as d, decimal, pyarrow as pa, pyarrow.parquet as pq, openpyxl
from openpyxl.styles import numbers
t = pa.table({
 "id": pa.array([1, 2, 3], pa.int64()),
 "surname": pa.array(["Ashdown", None, "Ólafsdóttir"]),
 "dob": pa.array([d.date(1985,12,10), None, d.date(1931,2,27)], pa.date32()),
 "is_missing": pa.array([True, False, None]),
 "height_cm": pa.array([171.0, None, 168.5]),
 "created": pa.array([d.datetime(2026,11,20,9,0,0), None, d.datetime(2026,11,20,9,0,0,500000)], pa.timestamp("us", tz="UTC")),
 "local": pa.array([d.datetime(1960,1,2,3,4,5), None, None], pa.timestamp("ms")),
 "fee": pa.array([decimal.Decimal("12.50"), None, decimal.Decimal("-0.05")], pa.decimal128(10,2)),
 "nationality": pa.array([["GBR","IRL"], [], None], pa.list_(pa.string())),
 "address": pa.array([{"postcode":"LS1 4AP"}, None, {"postcode":None}], pa.struct([("postcode", pa.string())])),
 "station": pa.array(["a","b","a"]).dictionary_encode(),
 "at": pa.array([d.time(9,30), None, None], pa.time64("us")),
 "raw": pa.array([b"abc", None, b"\xff\xfe"], pa.binary()),
})
pq.write_table(t, "arrow.parquet", row_group_size=2, compression="snappy")
pq.write_table(t.drop(["raw"]), "old.parquet", version="1.0", use_deprecated_int96_timestamps=True, compression="gzip", use_dictionary=False)
wb = openpyxl.Workbook()
wb.active.title = "Notes"; wb.active.sheet_state = "visible"
wb.active["A1"] = None
h = wb.create_sheet("Hidden"); h.sheet_state = "hidden"; h.append(["surname"]); h.append(["Hidden"])
s = wb.create_sheet("Persons")
s.append([]); s.append(["id","surname","dob","phone","created","Time seen","is_missing","lat","postcode"])
s.append([1,"Ashdown",d.date(1985,12,10),"07700900123",d.datetime(2026,11,20,9,0,0),d.time(9,30),True,0.1,"LS1 4AP"])
s.append([2,"=1+1","10/12/1985",447700900123,None,None,False,None,None])
s["B4"].data_type = "s"
s.append([]); s.append([4,"Birch",d.date(1931,2,27),None,None,None,None,None,None,"beyond"])
s.append([5,"Cole",d.date(1899,3,1)])
s["C3"].number_format = "dd/mm/yyyy"; s["D4"].number_format = "0"; s["C6"].number_format = '[$-809]d mmmm yyyy;@'
s["H3"].number_format = "0.00%"
wb.create_sheet("More").append(["x"])
wb.save("openpyxl.xlsx")
wb = openpyxl.Workbook(); wb.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
s = wb.active; s.append(["surname","dob"]); s.append(["Ashdown", d.date(1985,12,10)]); wb.save("mac1904.xlsx")
