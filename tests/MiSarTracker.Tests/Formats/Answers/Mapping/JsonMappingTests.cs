using System.Globalization;
using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

public sealed class JsonMappingTests
{
    private const string Pulse = """
        { "id": "pulse", "member": "pulse", "each": "$[*]", "kind": "minute", "category": "heart-rate", "columns": { "bpm": ["value.bpm"] }, "required": ["bpm"],
          "time": { "start": ["dateTime"], "dateOrder": "month-day-year", "bare": "utc" }, "unused": { "value.confidence": "how sure it is" }, "because": "test [V]" }
        """;

    private const string Days = """
        { "id": "days", "member": "days", "each": "$.days[*].minutes[*]", "kind": "minute", "category": "steps", "columns": { "steps": ["[1]"] },
          "time": { "date": ["$.days[*].date"], "start": ["[0]"] }, "because": "test [V]" },
        { "id": "totals", "member": "days", "each": "$.days[*]", "kind": "total", "category": "steps", "columns": { "steps": ["total"] },
          "time": { "date": ["date"] }, "because": "test [V]" }
        """;

    [Fact]
    public void RowsOfADocumentAreMappedByTheirPaths()
    {
        var answer = Read(Pulse, "pulse.json", """[{"dateTime":"03/30/24 07:00:05","value":{"bpm":61,"confidence":3}},{"dateTime":"03/30/24 07:01:05","value":{"bpm":63,"confidence":2}}]""");

        var day = Assert.Single(answer.Disclosed().Minutes);
        Assert.Equal((new LocalDate(2024, 3, 30), Offset.Zero), (day.Date, day.Offset));
        Assert.Equal([61, 63], day.Values[420..422]);
        Assert.Equal([1, 2], day.Lines![420..422]);
        var report = answer.Mapper!.Members.Single();
        Assert.Equal((2, "pulse", 0), (report.Rows, report.MappedTo.Single(), report.Unmapped.Count));
        Assert.Empty(answer.Mapper.Damages);
    }

    [Fact]
    public void WhatIsSaidOnceHoldsForAllRowsOfItsPart_WhereverItStands()
    {
        var answer = Read(Days, "days.json", """{"account":"ACC-0001","days":[{"date":"2024-03-30","minutes":[["07:00",10],["07:01",11]],"total":21},{"minutes":[["08:00",30]],"total":30,"date":"2024-03-31"}]}""");
        var disclosed = answer.Disclosed();

        Assert.Equal([(30, 10), (31, 30)], disclosed.Minutes.Select(day => (day.Date.Day, (int)day.Values[day.Date.Day == 30 ? 420 : 480])));
        Assert.Equal([21m, 30m], disclosed.Totals.Select(total => total.Value));
        Assert.Equal(["$.account"], answer.Mapper!.Members.Single().Unmapped.Select(name => "$." + name));
        Assert.Contains("ACC-0001", disclosed.Texts.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnIdentifierThatNoRuleReadsCanStillBeFound()
    {
        var answer = Read(Pulse, "pulse.json", """[{"dateTime":"03/30/24 07:00:05","value":{"bpm":61},"device":{"serial":"SN-4711-A"}}]""");

        Assert.Contains("SN-4711-A", answer.Disclosed().Texts.Single().Text, StringComparison.Ordinal);
        Assert.Equal(["device.serial"], answer.Mapper!.Members.Single().Unmapped);
    }

    [Fact]
    public void ADocumentThatBreaksOffKeepsWhatStandsBefore()
    {
        var answer = Read(Pulse, "pulse.json", """[{"dateTime":"03/30/24 07:00:05","value":{"bpm":61}},{"dateTime":"03/30/24 07:01:05","val""");

        Assert.Equal(61, answer.Disclosed().Minutes.Single().Values[420]);
        var damage = Assert.Single(answer.Mapper!.Damages);
        Assert.Equal("pulse.json", damage.At);
        Assert.Contains("no JSON from byte", damage.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ARowThatCannotBeReadCostsItselfAndIsNamedByItsNumber()
    {
        var answer = Read(Pulse, "pulse.json", """[{"dateTime":"03/30/24 07:00:05","value":{"bpm":61}},{"dateTime":"30/03/24","value":{"bpm":62}},{"dateTime":"03/30/24 07:02:05","value":{"bpm":63}}]""");

        Assert.Equal(["pulse.json element 2"], answer.Mapper!.Damages.Select(damage => damage.At));
        Assert.Equal([61, 63], answer.Disclosed().Minutes.Single().Values.Where(value => value > 0));
    }

    [Fact]
    public void ADocumentThatNoRuleTakesIsStillText()
    {
        var answer = Read(Pulse, "other.json", """{"note":"D4000000FFFF0001"}""");

        Assert.Contains("D4000000FFFF0001", answer.Disclosed().Texts.Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void TheEncodingOfADocumentMakesNoDifference(string encoding)
    {
        var how = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. how.GetPreamble(), .. how.GetBytes("""[{"dateTime":"03/30/24 07:00:05","value":{"bpm":61}}]""")];
        var answer = new AnswerCase(Profile(Pulse)).Read(bytes, "pulse.json", "R-001", []);

        Assert.Equal(61, answer.Disclosed().Minutes.Single().Values[420]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void ADocumentInDripsIsTheSameDocument(int bytesAtOnce)
    {
        var text = "[" + string.Join(",", Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"dateTime\":\"03/30/24 {7 + (i / 60):00}:{i % 60:00}:05\",\"value\":{{\"bpm\":{60 + (i % 50)}}},\"n\":\"\\u00e4{i}\"}}"))) + "]";
        var builder = new DisclosedBuilder();
        using var mapper = new AnswerMapper(Profile(Pulse), "R-001", builder, Limits.Default);
        using var drip = new Drip(Encoding.UTF8.GetBytes(text), bytesAtOnce);
        Assert.True(mapper.Json(new AnswerMember("pulse.json", "json", text.Length), drip));

        Assert.Empty(mapper.Damages);
        Assert.Equal(500, SampleCounts.Of(builder.Build())[Category.HeartRate]);
    }

    [Fact]
    public void ARowMakesNoObject_HoweverLongTheDocument()
    {
        long Peak(int rows)
        {
            var builder = new DisclosedBuilder();
            using var mapper = new AnswerMapper(Profile(Pulse), "R-001", builder, Limits.Default);
            using var source = new Endless(rows);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(mapper.Json(new AnswerMember("pulse.json", "json", 0), source));
            Assert.Empty(mapper.Damages);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // Days are 8.6 kB each whatever is in them; the rows themselves may cost next to nothing.
        Peak(1_000);
        var perRow = (Peak(40_000) - Peak(20_000)) / 20_000.0;
        Assert.InRange(perRow, -20, 20);
    }

    private static AnswerCase Read(string exports, string name, string json) => new AnswerCase(Profile(exports)).Table(name, json);

    internal static VendorProfile Profile(string exports) => VendorProfileReader.Read(
        Encoding.UTF8.GetBytes($$"""
            {
              "id": "acme", "name": "Acme", "products": [],
              "controllers": [{ "id": "acme", "default": true, "name": "Acme", "email": "privacy@acme.example", "country": "DE", "because": "test" }],
              "hosts": [], "uploads": [], "secrets": { "names": [], "because": "test" }, "merging": { "minutes": "replace-day", "because": "test" },
              "exports": [{{exports}}]
            }
            """),
        "acme.json");

    private sealed class Drip(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }

    /// <summary>A document that is made while it is read: one element for each of ever the same 1,440 minutes, and each in another second.</summary>
    private sealed class Endless(int rows) : Stream
    {
        private readonly byte[] _line = Encoding.ASCII.GetBytes("""{"dateTime":"03/30/24 07:00:05","value":{"bpm":61,"confidence":3}},""");
        private int _row = -1;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (_row < 0)
            {
                _row = 0;
                buffer[0] = (byte)'[';
                return 1;
            }

            if (_row == rows)
            {
                _row++;
                "{}]"u8.CopyTo(buffer);
                return 3;
            }

            if (_row > rows || buffer.Length < _line.Length)
            {
                return _row > rows ? 0 : Partial(buffer);
            }

            Next();
            _line.CopyTo(buffer);
            return _line.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        // White space fills what is left of the buffer.
        private static int Partial(Span<byte> buffer)
        {
            buffer.Fill((byte)' ');
            return buffer.Length;
        }

        private void Next()
        {
            var minute = _row / 50 % 1440;
            Two(minute / 60, 22);
            Two(minute % 60, 25);
            Two(_row++ % 50, 28);
        }

        private void Two(int number, int at) => (_line[at], _line[at + 1]) = ((byte)('0' + (number / 10)), (byte)('0' + (number % 10)));
    }
}
