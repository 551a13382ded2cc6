namespace MiSarTracker.Formats.Captures;

/// <summary>A part of an exchange that is made of the reader's buffer when somebody looks, and is gone when the reader moves on.</summary>
internal interface ILent
{
    void Close();
}

/// <summary>A body that is put together only when somebody looks at it: of most exchanges nobody looks at the answer.</summary>
internal abstract class LateBody : ILent
{
    private Body? _body;
    private bool _closed;

    public Body Body => _body ??= _closed
        ? throw new InvalidOperationException("The body of an exchange can only be read before the next one is asked for.")
        : Make();

    public void Close() => _closed = true;

    protected abstract Body Make();
}
