using KpGrpc.Demo.Processes;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Output;

/// <summary>What is printed after the story.</summary>
internal static class Closing
{
    /// <summary>What was shown and how long each part took.</summary>
    public static void Summary(StoryConsole console, IReadOnlyList<StepTime> times, TimeSpan? firstRecommendation)
    {
        console.Heading("What you have seen");
        console.Table(
            [">#", "part", ">seconds"],
            times.Select(time => new[] { $"{time.Number}", time.Name, Seconds(time.Elapsed) })
                .Append(["", "in all", Seconds(times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time.Elapsed))]));
        if (firstRecommendation is { } first)
        {
            console.Fact("first recommendation", $"{Seconds(first)} s after the start, data, training and server start included");
        }
    }

    /// <summary>Where the servers are, with calls to try.</summary>
    public static void Addresses(StoryConsole console, ServerAddresses addresses, string learnerId)
    {
        console.Heading("The servers stay up. Ctrl-C stops them.");
        console.Fact("Gateway, gRPC", $"{addresses.GatewayGrpc}");
        console.Fact("Gateway, HTTP/JSON", $"{addresses.GatewayHttp} (a page for your browser; also grpc-web, /docs, /metrics, /health/ready)");
        console.Fact("InferenceServer", $"gRPC {addresses.InferenceGrpc}  HTTP {addresses.InferenceHttp}");
        console.Fact("LedgerServer", $"gRPC {addresses.LedgerGrpc}  HTTP {addresses.LedgerHttp}");
        console.Line("Try:");
        console.Copyable($"TOKEN=$(curl -s {addresses.GatewayHttp}dev/token -H 'content-type: application/json' -d '{{\"subject\":\"{learnerId}\",\"roles\":[\"learner\"]}}' | sed 's/.*access_token\":\"//; s/\".*//')");
        console.Copyable($"curl -s -H \"authorization: Bearer $TOKEN\" '{addresses.GatewayHttp}v1/learners/{learnerId}/home?count=3'");
        console.Copyable($"grpcurl -plaintext -H \"authorization: Bearer $TOKEN\" -d '{{\"count\":3}}' {addresses.GatewayGrpc.Authority} kp.learner.v1.LearnerService/GetHome");
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.0}");
}
