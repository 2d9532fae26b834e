using System.Globalization;
using KpGrpc.GatewayLoad.Peers;
using KpGrpc.GatewayLoad.Running;
using KpGrpc.GatewayLoad.Servers;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Perf.Harness.Servers;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.GatewayLoad.Chaos;

/// <summary>Mixed load through the Gateway while each part behind it is killed, frozen and restarted in turn; then the ledger is asked what happened.</summary>
internal sealed class ChaosRun(GatewayLoadOptions options, FigureList figures, TextWriter output, TimeProvider time)
{
    private const string RedisServer = "/usr/bin/redis-server";
    private const int Readers = 4;
    private const int BuyersPerFault = 3;
    private const double FaultShare = 0.3; // of a fault's time the part is away

    private volatile Observations current = new();

    /// <summary>Runs it.</summary>
    /// <exception cref="LoadException">A part does not start.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(RedisServer))
        {
            throw new LoadException("redis-server is not installed: apt-get install redis-server");
        }

        var redisPort = ServerProcess.FreePort();
        var redisFolder = Directory.CreateDirectory(Path.Combine(options.Folder, "redis-server")).FullName;
        string[] redisArguments = ["--port", redisPort.ToString(CultureInfo.InvariantCulture), "--dir", redisFolder, "--appendonly", "yes", "--save", "", "--logfile", Path.Combine(redisFolder, "log")];
        var redis = await PeerProcess.StartAsync(redisPort, RedisServer, redisArguments, cancellationToken);
        try
        {
            await using var stack = await GatewayStack.StartAsync(options, redisPort, time, cancellationToken);
            await new Market(stack, time).FillAsync(cancellationToken);
            await new LedgerMarket(stack, Path.Combine(options.Folder, "network"), time).OpenAsync(cancellationToken);
            var client = new LearnerService.LearnerServiceClient(stack.Channel);
            var tokens = new DevelopmentTokens(stack);
            var start = time.GetTimestamp();
            using var stopReading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var reading = new List<Task>();
            for (var reader = 0; reader < Readers; reader++)
            {
                var learner = Market.LearnerId(reader);
                reading.Add(new Reader(client, learner, await tokens.HeadersAsync(learner, cancellationToken), time).RunAsync(() => current, start, stopReading.Token));
            }

            var each = TimeSpan.FromSeconds((double)options.Seconds / Fault.All.Count);
            foreach (var (fault, number) in Fault.All.Select((fault, number) => (fault, number)))
            {
                redis = await OneAsync(fault, number, each, stack, redis, redisArguments, client, tokens, start, cancellationToken);
            }

            await stopReading.CancelAsync();
            await Task.WhenAll(reading);
        }
        finally
        {
            await redis.DisposeAsync();
        }
    }

    private async Task<PeerProcess> OneAsync(
        Fault fault, int number, TimeSpan length, GatewayStack stack, PeerProcess redis, string[] redisArguments, LearnerService.LearnerServiceClient client, DevelopmentTokens tokens,
        long start, CancellationToken cancellationToken)
    {
        var seen = current = new Observations();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buyers = new List<(Buyer Buyer, Task Buying)>();
        for (var buyer = 0; buyer < BuyersPerFault; buyer++)
        {
            var learner = string.Create(CultureInfo.InvariantCulture, $"buyer-{number}-{buyer}");
            var one = new Buyer(client, learner, await tokens.HeadersAsync(learner, cancellationToken), time);
            await one.FundAsync();
            buyers.Add((one, one.RunAsync(() => seen, start, stop.Token)));
        }

        await Task.Delay(length * FaultShare, time, cancellationToken);
        var away = fault.Kind == FaultKind.Restart ? TimeSpan.Zero : length * FaultShare;
        redis = await HurtAsync(fault, away, stack, redis, redisArguments, cancellationToken);
        var back = time.GetElapsedTime(start);
        await Task.Delay(length * (1 - (2 * FaultShare)), time, cancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(buyers.Select(buyer => buyer.Buying));

        var (lost, charged) = (0, 0);
        foreach (var (buyer, _) in buyers)
        {
            var (gone, twice) = await buyer.AuditAsync(seen);
            (lost, charged) = (lost + gone, charged + twice);
        }

        var recovery = seen.Recovery(back);
        figures.Add(fault.Name, "wrong_answers", seen.Wrong.Count, null);
        figures.Add(fault.Name, "double_charges", charged, null);
        figures.Add(fault.Name, "lost", lost, null);
        figures.Add(fault.Name, "reads_answered", Math.Round(seen.Answered, 4), null);
        figures.Add(fault.Name, "recovery_s", recovery.TotalSeconds, "s");
        figures.Add(fault.Name, "purchase_attempts", seen.Purchases, null);
        await output.WriteLineAsync(FormattableString.Invariant(
            $"{fault.Name}: {seen.Reads} reads, {seen.Answered:0.0 %} answered; {seen.Purchases} attempts to buy, {lost} lost, {charged} wallets wrong; {seen.Wrong.Count} wrong answers; whole again {recovery.TotalSeconds:0.0} s after it was back"));
        foreach (var wrong in seen.Wrong.Distinct().Take(5))
        {
            await output.WriteLineAsync($"  wrong: {wrong}");
        }

        return redis;
    }

    private async Task<PeerProcess> HurtAsync(Fault fault, TimeSpan away, GatewayStack stack, PeerProcess redis, string[] redisArguments, CancellationToken cancellationToken)
    {
        if (fault.Part == "redis")
        {
            return await HurtRedisAsync(fault.Kind, away, redis, redisArguments, cancellationToken);
        }

        var server = fault.Part == "ledger" ? stack.Ledger : stack.Inference;
        if (fault.Kind == FaultKind.Freeze)
        {
            await server.SignalAsync("STOP");
            await Task.Delay(away, time, cancellationToken);
            await server.SignalAsync("CONT");
            return redis;
        }

        await (fault.Kind == FaultKind.Kill ? server.KillAsync() : server.DisposeAsync().AsTask());
        await Task.Delay(away, time, cancellationToken);
        await GatewayStack.ReadyAsync(stack.StartAgain(server), time, cancellationToken);
        return redis;
    }

    private async Task<PeerProcess> HurtRedisAsync(FaultKind kind, TimeSpan away, PeerProcess redis, string[] arguments, CancellationToken cancellationToken)
    {
        if (kind == FaultKind.Freeze)
        {
            await redis.SignalAsync("STOP");
            await Task.Delay(away, time, cancellationToken);
            await redis.SignalAsync("CONT");
            return redis;
        }

        await (kind == FaultKind.Kill ? redis.KillAsync() : redis.EndAsync());
        await Task.Delay(away, time, cancellationToken);
        return await PeerProcess.StartAsync(redis.Port, RedisServer, arguments, cancellationToken);
    }
}
