using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using KpGrpc.GatewayLoad.Peers;
using KpGrpc.GatewayLoad.Running;
using KpGrpc.GatewayLoad.Servers;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Perf.Harness.Servers;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.GatewayLoad.Workloads;

/// <summary>A profile that is in the Gateway's cache, beside a gRPC method that gives the same bytes and does nothing, and beside nginx in front of that.</summary>
internal sealed class CachedProfileLoad(GatewayLoadOptions options, GatewayStack stack, FigureList figures, TextWriter output, TimeProvider time)
{
    private const string Name = "cached-profile";
    private const string Method = "/kp.learner.v1.LearnerService/GetProfile";
    private const int Connections = 8;
    private const int Streams = 8;
    private const int FrameHead = 5;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs it.</summary>
    /// <exception cref="LoadException">h2load is missing, or a call failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!H2Load.IsInstalled)
        {
            throw new LoadException("h2load is not installed: apt-get install nghttp2-client");
        }

        var request = new GetProfileRequest { LearnerId = Market.LearnerId(1) };
        var tokens = new DevelopmentTokens(stack);
        var headers = await tokens.HeadersAsync(request.LearnerId, cancellationToken);
        var reply = (await new LearnerService.LearnerServiceClient(stack.Channel).GetProfileAsync(
            request, headers, deadline: (time.GetUtcNow() + CallLimit).UtcDateTime, cancellationToken: cancellationToken)).ToByteArray();
        var (body, replyFile) = (Path.Combine(options.Folder, "profile.request"), Path.Combine(options.Folder, "profile.reply"));
        await File.WriteAllBytesAsync(body, Framed(request.ToByteArray()), cancellationToken);
        await File.WriteAllBytesAsync(replyFile, reply, cancellationToken);
        var frame = reply.Length + FrameHead;

        var barePort = ServerProcess.FreePort();
        await using var bareServer = await PeerProcess.StartAsync(barePort, Environment.ProcessPath!, ["bare", barePort.ToString(CultureInfo.InvariantCulture), replyFile], cancellationToken);
        var bare = new H2Load(new Uri($"http://127.0.0.1:{barePort}{Method}"), body, [], frame);
        var gateway = new H2Load(new Uri(stack.Gateway.Address, Method), body, [.. headers.Select(entry => $"{entry.Key}: {entry.Value}")], frame);

        var (bareRate, bareP50) = await MeasureAsync("bare-grpc", bare, cancellationToken);
        var before = await GatewayReadings.ReadAsync(stack, tokens, cancellationToken);
        var (rate, p50) = await MeasureAsync(Name, gateway, cancellationToken);
        foreach (var (result, share) in (await GatewayReadings.ReadAsync(stack, tokens, cancellationToken)).Since(before).CacheShares())
        {
            figures.Add(Name, $"{result}_share", share, null);
        }

        figures.Add(Name, "per_second", rate, "1/s", "bare-grpc", bareRate);
        figures.Add(Name, "added_p50_ms", p50 - bareP50, "ms");
        figures.Add(Name, "rss_mib", stack.Gateway.ResidentMib, "MiBy");
        if (Nginx.Program is { } program)
        {
            var port = ServerProcess.FreePort();
            await using var nginx = await Nginx.StartAsync(program, Path.Combine(options.Folder, "nginx"), port, barePort, cancellationToken);
            var (nginxRate, _) = await MeasureAsync("nginx", new H2Load(new Uri($"http://127.0.0.1:{port}{Method}"), body, [], frame), cancellationToken);
            figures.Add(Name, "per_second", rate, "1/s", "nginx", nginxRate);
        }
        else
        {
            await output.WriteLineAsync("skipped: nginx (apt-get install nginx)");
        }
    }

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[FrameHead + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, FrameHead);
        return framed;
    }

    private async Task<(double PerSecond, double P50Ms)> MeasureAsync(string name, H2Load load, CancellationToken cancellationToken)
    {
        var length = TimeSpan.FromSeconds(options.Seconds);
        var (rate, many) = await load.RunAsync(Connections, Streams, length, cancellationToken);
        var (_, one) = await load.RunAsync(1, 1, length / 2, cancellationToken);
        figures.Add(name, "per_second", rate, "1/s");
        figures.Add(name, "p99_ms", many.QuantileMs(0.99), "ms");
        figures.Add(name, "p50_ms", one.QuantileMs(0.5), "ms");
        await output.WriteLineAsync(FormattableString.Invariant(
            $"{name}: {rate:0}/s with {Connections * Streams} calls under way, p99 {many.QuantileMs(0.99):0.00} ms; alone p50 {one.QuantileMs(0.5):0.000} ms"));
        return (rate, one.QuantileMs(0.5));
    }
}
