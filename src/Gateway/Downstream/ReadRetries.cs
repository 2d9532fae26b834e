using Grpc.Core;
using Grpc.Net.Client.Configuration;

using KpGrpc.Gateway.Downstream.Balancing;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.Gateway.Downstream;

/// <summary>
/// Which calls are tried again by themselves: reads, when the server is not there, or a second time elsewhere when it is
/// slow. Nothing that writes: a purchase is repeated by whoever holds its key, who then also learns that it was done
/// before. How often in all is the business of <see cref="RetryBudget"/>.
/// </summary>
internal static class ReadRetries
{
    private const int AttemptsMax = 3;
    private const int HedgesMax = 2;

    private static readonly MethodName[] Reads =
    [
        new() { Service = RecommendationService.Descriptor.FullName },
        new() { Service = ProfileService.Descriptor.FullName, Method = "GetProfile" },
        new() { Service = CatalogService.Descriptor.FullName, Method = "GetWork" },
        new() { Service = CatalogService.Descriptor.FullName, Method = "SearchWorks" },
        new() { Service = CopyrightService.Descriptor.FullName },
        new() { Service = PaymentService.Descriptor.FullName },
        new() { Service = LedgerService.Descriptor.FullName, Method = "GetReceipt" },
        new() { Service = LedgerService.Descriptor.FullName, Method = "GetStatus" },
    ];

    public static ServiceConfig Create(ResilienceOptions options)
    {
        var method = new MethodConfig();
        foreach (var name in Reads)
        {
            method.Names.Add(name);
        }

        if (options.HedgeAfter > TimeSpan.Zero)
        {
            method.HedgingPolicy = new HedgingPolicy { MaxAttempts = HedgesMax, HedgingDelay = options.HedgeAfter, NonFatalStatusCodes = { StatusCode.Unavailable } };
        }
        else
        {
            // The client waits a random part of the back-off.
            method.RetryPolicy = new RetryPolicy
            {
                MaxAttempts = AttemptsMax,
                InitialBackoff = TimeSpan.FromMilliseconds(50),
                MaxBackoff = TimeSpan.FromMilliseconds(500),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            };
        }

        return new ServiceConfig { MethodConfigs = { method } };
    }
}
