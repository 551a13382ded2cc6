using System.Text;
using MiSarTracker.Formats.Bodies;
using Xunit;

namespace MiSarTracker.Tests.Formats.Bodies;

public sealed class MultipartBodyTests
{
    [Fact]
    public void TheSamplesPartsAreTheFormsFields()
    {
        var content = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "samples", "uploads", "band.multipart"));
        var form = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "samples", "uploads", "band.form"));

        var multipart = MultipartBody.Read(content, null);

        Assert.Null(multipart.Problem);
        Assert.Equal(FormBody.First(form, "data_json")!.Value.Decode(), multipart.First("data_json")!.Content.ToArray());
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b1")]
    [InlineData("multipart/form-data;BOUNDARY=\"b1\"; charset=utf-8")]
    [InlineData("multipart/form-data; charset=\"x;y\"; boundary = b1 ")]
    [InlineData(null)]
    [InlineData("multipart/form-data")]
    public void TheBoundaryIsFoundQuotedPlainOrInTheContent(string? contentType)
    {
        var multipart = Read("--b1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b1\r\ncontent-disposition:form-data;name=b\r\nContent-Length: 1\r\n\r\n2\r\n--b1--\r\n", contentType);

        Assert.Null(multipart.Problem);
        Assert.Equal([("a", "1"), ("b", "2")], multipart.Parts.Select(part => (part.Name, Encoding.UTF8.GetString(part.Content.Span))));
    }

    [Fact]
    public void BytesThatLookLikeABoundaryButAreNotOneStayInTheContent()
    {
        const string Value = "x--b1 y\r\n--b1x\r\n--b2\r\n\r\n";

        Assert.Equal(Value, Encoding.UTF8.GetString(Read($"preamble\r\n--b1\r\n\r\n{Value}\r\n--b1--", "a; boundary=b1").Parts.Single().Content.Span));
    }

    [Fact]
    public void NamesAndFileNamesAreUnquoted()
    {
        var part = Read("--b\nContent-Disposition: form-data; name=\"a\\\"b\"; filename=\"C:\\x\\ü.json\"\nContent-Type: application/json\n\n{}\n--b--", "a; boundary=b").Parts.Single();

        Assert.Equal(("a\"b", "C:\\x\\ü.json", "{}"), (part.Name, part.FileName, Encoding.UTF8.GetString(part.Content.Span)));
        Assert.Equal("application/json", part.Headers[1].Value);
    }

    [Theory]
    [InlineData("--b\r\n\r\n1\r\n--b\r\n\r\n2", 1)]
    [InlineData("--b\r\n\r\n1", 0)]
    [InlineData("no boundary at all", 0)]
    [InlineData("", 0)]
    [InlineData("--b", 0)]
    public void ACutContentKeepsItsWholePartsAndSaysSo(string content, int parts)
    {
        var multipart = Read(content, "a; boundary=b");

        Assert.Equal(parts, multipart.Parts.Count);
        Assert.NotNull(multipart.Problem);
    }

    private static MultipartBody Read(string content, string? contentType) => MultipartBody.Read(Encoding.UTF8.GetBytes(content), contentType);
}
