namespace MiSarTracker.Core.Observations;

/// <summary>Keeps the entries whose keys have the lowest ranks; a rank is a fixed mixture of the key's characters.</summary>
internal sealed class LowestRanked<T>(int most)
    where T : class
{
    private readonly Dictionary<string, T> _byKey = new(StringComparer.Ordinal);
    private readonly SortedSet<(ulong Rank, string Key)> _ranked = new(Comparer<(ulong Rank, string Key)>.Create(
        static (one, other) => one.Rank != other.Rank ? one.Rank.CompareTo(other.Rank) : string.CompareOrdinal(one.Key, other.Key)));

    private int _most = most;

    public IReadOnlyCollection<T> Kept => _byKey.Values;

    /// <summary>True once a key was refused or forgotten.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The entry of the key, made when it is new; null when its rank is too high to be kept.</summary>
    /// <param name="forgotten">Takes the entry that had to go for it.</param>
    public T? GetOrAdd(string key, Func<T> make, Action<T> forgotten)
    {
        if (_byKey.TryGetValue(key, out var known))
        {
            return known;
        }

        var ranked = (Rank(key), key);
        if (_ranked.Count >= _most)
        {
            IsCut = true;
            if (_ranked.Comparer.Compare(ranked, _ranked.Max) > 0)
            {
                return null;
            }

            Forget(forgotten);
        }

        _ranked.Add(ranked);
        return _byKey[key] = make();
    }

    /// <summary>Forgets the highest ranks until so many are left.</summary>
    public void Shrink(int most, Action<T> forgotten)
    {
        _most = most;
        while (_ranked.Count > most)
        {
            IsCut = true;
            Forget(forgotten);
        }
    }

    private void Forget(Action<T> forgotten)
    {
        var last = _ranked.Max;
        _ranked.Remove(last);
        _byKey.Remove(last.Key, out var gone);
        forgotten(gone!);
    }

    // FNV-1a with a final mixing (MurmurHash3's), so that keys that differ in their last digit lie far apart.
    private static ulong Rank(string key)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in key)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return hash ^ (hash >> 33);
    }
}
