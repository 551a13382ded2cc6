using System.Text;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>
/// The given passwords as bytes, in the order of trying: the one that fitted last, then each as UTF-8, Latin-1 and CP437
/// (archives do not say which their writer used).
/// </summary>
internal sealed class ZipPasswords
{
    private readonly List<byte[]> _forms = [];
    private readonly Dictionary<byte[], string> _written = new(ReferenceEqualityComparer.Instance);

    public ZipPasswords(IEnumerable<string> passwords)
    {
        Encoding[] encodings = [Encoding.UTF8, Exact(Encoding.Latin1), Exact(CodePagesEncodingProvider.Instance.GetEncoding(437)!)];
        foreach (var password in passwords)
        {
            foreach (var encoding in encodings)
                Add(password, encoding);
        }
    }

    /// <summary>The password as it was given.</summary>
    public string Written(byte[] form) => _written[form];

    public IReadOnlyList<byte[]> Forms => _forms;

    /// <summary>Has this form tried first from now on.</summary>
    public void Prefer(byte[] form)
    {
        if (_forms.Count > 0 && ReferenceEquals(_forms[0], form))
            return;

        _forms.Remove(form);
        _forms.Insert(0, form);
    }

    private void Add(string password, Encoding encoding)
    {
        byte[] form;
        try
        {
            form = encoding.GetBytes(password);
        }
        catch (EncoderFallbackException)
        {
            return; // This alphabet cannot write the password, so nobody packed with it.
        }

        if (!_forms.Exists(known => known.AsSpan().SequenceEqual(form)))
        {
            _forms.Add(form);
            _written[form] = password;
        }
    }

    private static Encoding Exact(Encoding encoding)
    {
        var exact = (Encoding)encoding.Clone();
        exact.EncoderFallback = EncoderFallback.ExceptionFallback;
        return exact;
    }
}
