using Grpc.Core;
using Grpc.Net.Client.Configuration;

using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.Gateway.Downstream;

/// <summary>
/// Which calls are tried again by themselves: reads, when the server is not there. Nothing that writes: a purchase is
/// repeated by whoever holds its key, who then also learns that it was done before.
/// </summary>
internal static class ReadRetries
{
    public static ServiceConfig Config { get; } = new()
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names =
                {
                    new MethodName { Service = RecommendationService.Descriptor.FullName },
                    new MethodName { Service = ProfileService.Descriptor.FullName, Method = "GetProfile" },
                    new MethodName { Service = CatalogService.Descriptor.FullName, Method = "GetWork" },
                    new MethodName { Service = CatalogService.Descriptor.FullName, Method = "SearchWorks" },
                    new MethodName { Service = CopyrightService.Descriptor.FullName },
                    new MethodName { Service = PaymentService.Descriptor.FullName },
                    new MethodName { Service = LedgerService.Descriptor.FullName, Method = "GetReceipt" },
                    new MethodName { Service = LedgerService.Descriptor.FullName, Method = "GetStatus" },
                },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 3,
                    InitialBackoff = TimeSpan.FromMilliseconds(50),
                    MaxBackoff = TimeSpan.FromMilliseconds(500),
                    BackoffMultiplier = 2,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            },
        },

        // A server that is down for everybody must not be asked three times by everybody.
        RetryThrottling = new RetryThrottlingPolicy { MaxTokens = 20, TokenRatio = 0.1 },
    };
}
