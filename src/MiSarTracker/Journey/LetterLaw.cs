using MiSarTracker.Core.Letters;

namespace MiSarTracker.Journey;

/// <summary>Which law a letter names, by the places of the two sides.</summary>
public static class LetterLaw
{
    private static readonly string[] Union =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ];

    private static readonly string[] Area = [.. Union, "IS", "LI", "NO"];

    /// <summary>
    /// The UK GDPR when the controller is in the United Kingdom, or the person is and the controller is not established in the European
    /// Economic Area (then the GDPR applies for certain, Art. 3(1)); the GDPR with a sentence on the Swiss act when one side is in Switzerland.
    /// </summary>
    /// <param name="person">ISO 3166 code of the residence.</param>
    /// <param name="controller">ISO 3166 code of the controller's place, or of its establishment in the Union.</param>
    public static LetterRegime Of(string person, string controller) => (person.ToUpperInvariant(), controller.ToUpperInvariant()) switch
    {
        (_, "GB") => LetterRegime.Uk,
        ("GB", var place) when !Area.Contains(place) => LetterRegime.Uk,
        ("CH", _) or (_, "CH") => LetterRegime.Swiss,
        _ => LetterRegime.Eu,
    };

    /// <summary>Whether the Data Act protects users there: Member States; what it is in the rest of the Economic Area is not claimed.</summary>
    public static bool HasDataAct(string person) => Union.Contains(person.ToUpperInvariant());
}
