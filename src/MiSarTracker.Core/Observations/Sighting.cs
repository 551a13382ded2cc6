using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// When and where an upload was seen. Of two uploads of the same thing the later sighting is the current one:
/// later by the capture's clock; among equal or unknown times by exhibit, exchange and place in the exchange. An unknown time comes
/// before every known one. The order depends on nothing else, so files may be read in any order.
/// </summary>
/// <param name="SeenAt">When the request began, or null.</param>
/// <param name="Exhibit">For example <c>E-001</c>.</param>
/// <param name="Exchange">The exchange's number in the capture, from 1.</param>
/// <param name="Item">The place within the exchange, when it says the same thing twice.</param>
public readonly record struct Sighting(Instant? SeenAt, string Exhibit, long Exchange, int Item = 0) : IComparable<Sighting>
{
    public int CompareTo(Sighting other)
    {
        var byTime = Nullable.Compare(SeenAt, other.SeenAt);
        if (byTime != 0)
        {
            return byTime;
        }

        var byExhibit = string.CompareOrdinal(Exhibit, other.Exhibit);
        if (byExhibit != 0)
        {
            return byExhibit;
        }

        var byExchange = Exchange.CompareTo(other.Exchange);
        return byExchange != 0 ? byExchange : Item.CompareTo(other.Item);
    }

    public static bool operator <(Sighting left, Sighting right) => left.CompareTo(right) < 0;

    public static bool operator >(Sighting left, Sighting right) => left.CompareTo(right) > 0;

    public static bool operator <=(Sighting left, Sighting right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Sighting left, Sighting right) => left.CompareTo(right) >= 0;
}
