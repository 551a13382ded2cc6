using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using MiSarTracker.Core.Cases;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Storage.Model;

/// <summary>A moment as UTC milliseconds since 1970: an INTEGER that sorts and compares in SQL.</summary>
internal sealed class InstantConverter() : ValueConverter<Instant, long>(
    moment => moment.ToUnixTimeMilliseconds(), stored => Stored.Moment(stored));

/// <summary>A day as <c>2026-11-22</c>: TEXT that sorts and compares in SQL.</summary>
internal sealed class LocalDateConverter() : ValueConverter<LocalDate, string>(
    day => LocalDatePattern.Iso.Format(day), stored => Stored.Day(stored));

/// <summary>An enumeration by its contract name, so that the database reads like the JSON.</summary>
internal sealed class NameConverter<TEnum>() : ValueConverter<TEnum, string>(
    value => ContractName.Of(value), stored => Stored.Name<TEnum>(stored))
    where TEnum : struct, Enum;
