using System.IO.Pipelines;

namespace KpGrpc.Gateway.Downstream;

/// <summary>
/// A response body that goes through the response's pipe writer, always naming how much room it needs: the writer of
/// grpc-web text gives none to who does not ask. Not thread-safe.
/// </summary>
internal sealed class PipeBodyStream(PipeWriter writer) : Stream
{
    private const int PartBytesMax = 4_096;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, PartBytesMax)];
            part.CopyTo(writer.GetMemory(part.Length));
            writer.Advance(part.Length);
            buffer = buffer[part.Length..];
            await writer.FlushAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => writer.FlushAsync(cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException("only asynchronous I/O");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("only asynchronous I/O");
}
