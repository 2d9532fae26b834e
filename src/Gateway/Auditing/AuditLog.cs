using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;

using KpGrpc.Gateway.Telemetry;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Auditing;

/// <summary>
/// Keeps who wrote what, as JSON Lines. A write waits for its line to be on the disk, many lines with one flush; where the
/// disk fails that is told and counted, and writes go on: the ledger itself holds each of them, signed. Safe from any thread.
/// </summary>
internal sealed partial class AuditLog : BackgroundService
{
    private const int BatchMax = 256;

    private readonly Channel<(AuditEntry Entry, TaskCompletionSource Done)> waiting;
    private readonly GatewayMetrics metrics;
    private readonly ILogger<AuditLog> logger;
    private readonly AuditFile? file;

    /// <summary>Opens the file.</summary>
    /// <exception cref="StartupException">It cannot be written.</exception>
    public AuditLog(IOptions<AuditOptions> options, GatewayMetrics metrics, ILogger<AuditLog> logger)
    {
        (this.metrics, this.logger) = (metrics, logger);
        waiting = Channel.CreateBounded<(AuditEntry, TaskCompletionSource)>(new BoundedChannelOptions(options.Value.QueueMax) { SingleReader = true });
        if (options.Value.Path.Length == 0)
        {
            return;
        }

        try
        {
            file = new AuditFile(options.Value);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"the audit log {options.Value.Path} (Audit:Path) cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>Keeps an entry; returns when it is on the disk, or when that has failed and was told.</summary>
    public async Task KeepAsync(AuditEntry entry)
    {
        if (file is null)
        {
            return;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await waiting.Writer.WriteAsync((entry, done));
        await done.Task;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        file?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not ended by the token: calls that drain still write. The channel is completed when the host has stopped serving.
        await using var stopping = stoppingToken.UnsafeRegister(static state => ((ChannelWriter<(AuditEntry, TaskCompletionSource)>)state!).TryComplete(), waiting.Writer);
        var buffer = new ArrayBufferWriter<byte>();
        var batch = new List<TaskCompletionSource>();
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < BatchMax && waiting.Reader.TryRead(out var next))
            {
                using (var writer = new Utf8JsonWriter(buffer))
                {
                    JsonSerializer.Serialize(writer, next.Entry, AuditJson.Default.AuditEntry);
                }

                buffer.Write("\n"u8);
                batch.Add(next.Done);
            }

            Append(buffer.WrittenSpan, batch.Count);
            batch.ForEach(done => done.SetResult());
            batch.Clear();
            buffer.ResetWrittenCount();
        }
    }

    private void Append(ReadOnlySpan<byte> lines, int count)
    {
        try
        {
            file!.Append(lines);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            metrics.AuditFailed(count);
            Log.Failed(logger, failure, count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "{Count} writes could not be put into the audit log; the ledger has them all the same")]
        public static partial void Failed(ILogger logger, Exception failure, int count);
    }
}
