using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Zip;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class ReadAheadStreamTests
{
    [Fact]
    public void TheBytesAreTheSourcesBytesInOrder()
    {
        var bytes = new byte[3_000_001];
        new Random(9).NextBytes(bytes);
        using var ahead = new ReadAheadStream(new MemoryStream(bytes));
        var copy = new MemoryStream();

        ahead.CopyTo(copy, 10_007);

        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(0, ahead.Read(new byte[1]));
    }

    [Fact]
    public void WhatTheSourceThrowsIsThrownBehindTheBytesBeforeIt()
    {
        using var ahead = new ReadAheadStream(new Breaking(700_000));
        var read = 0;
        var failure = Assert.Throws<InvalidDataException>(() =>
        {
            while (ahead.Read(new byte[1_000]) is var count and > 0)
                read += count;
        });

        Assert.Equal("broken", failure.Message);
        Assert.Equal(700_000, read);
    }

    [Fact]
    public void OneThatIsNotReadToItsEndStopsAndClosesItsSource()
    {
        var source = new Breaking(int.MaxValue);
        var ahead = new ReadAheadStream(source);
        Assert.Equal(10, ahead.Read(new byte[10]));

        ahead.Dispose();

        Assert.True(source.IsClosed);
    }

    private sealed class Breaking(int after) : ForwardStream
    {
        private int _left = after;

        public bool IsClosed { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (_left == 0)
                throw new InvalidDataException("broken");

            var count = Math.Min(Math.Min(4_096, buffer.Length), _left);
            _left -= count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
