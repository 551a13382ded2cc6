using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>The profiles and samples that tests of uploads and answers read.</summary>
internal static class Profiles
{
    public static VendorProfile MiFit { get; } = VendorProfileReader.Read(MiFitJson, "xiaomi-mi-fit.json");

    public static byte[] MiFitJson => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "templates", "vendors", "xiaomi-mi-fit.json"));

    public static string SamplePath(string name) => Path.Combine(AppContext.BaseDirectory, "corpus", "samples", name);

    public static byte[] Sample(string name) => File.ReadAllBytes(SamplePath(name));
}
