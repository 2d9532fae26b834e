namespace KpGrpc.InferenceServer.Tests.Storage;

/// <summary>A file on a disk that fails when told to; a failing write leaves half of its bytes.</summary>
internal sealed class FailingFile(string path) : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0)
{
    public bool FailWrite { get; set; }

    public bool FailSync { get; set; }

    public bool FailSetLength { get; set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(FailWrite ? buffer[..(buffer.Length / 2)] : buffer);
        ThrowIf(FailWrite);
    }

    public override void Flush(bool flushToDisk)
    {
        ThrowIf(FailSync);
        base.Flush(flushToDisk);
    }

    public override void SetLength(long value)
    {
        ThrowIf(FailSetLength);
        base.SetLength(value);
    }

    private static void ThrowIf(bool failing)
    {
        if (failing)
        {
            throw new IOException("the disk fails");
        }
    }
}
