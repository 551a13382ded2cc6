using System.Security.Cryptography;

namespace MiSarTracker.Pdf.Fonts;

/// <summary>The font files inside this assembly. The system is never asked for fonts: they decide where pages break.</summary>
internal static class EmbeddedFonts
{
    public const string Regular = "NotoSans-Regular";
    public const string Bold = "NotoSans-Bold";
    public const string Mono = "NotoSansMono-Regular";

    public static Stream Open(string name) =>
        typeof(EmbeddedFonts).Assembly.GetManifestResourceStream(name + ".ttf")
        ?? throw new InvalidOperationException($"The font {name} is not inside the assembly.");

    public static IReadOnlyList<EngineFont> All() => [.. new[] { Regular, Bold, Mono }.Select(Describe)];

    private static EngineFont Describe(string name)
    {
        using var stream = Open(name);
        return new(name, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
