using System.Net;

using Grpc.Core;

namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>
/// Sends a call to one of a destination's servers and learns from how it goes. A server that can't be connected to has
/// got nothing, so the call goes to the next one, whatever it is; everything else is tried again by the client alone,
/// for reads, and within the budget.
/// </summary>
internal sealed class BalancingHandler(BackendPool pool, TimeProvider time, Telemetry.GatewayMetrics metrics) : HttpMessageHandler
{
    // Set by the gRPC client on second and further attempts, retries and hedges alike.
    private const string AttemptsHeader = "grpc-previous-rpc-attempts";
    private const string StatusHeader = "grpc-status";
    private const string DetailsHeader = "grpc-status-details-bin";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!MayGo(request))
        {
            return Refuse(request, "the budget for further attempts is spent");
        }

        var path = request.RequestUri!.PathAndQuery;
        var backend = pool.Choose(except: null);
        while (backend is not null)
        {
            request.RequestUri = new Uri(backend.Uri, path);
            try
            {
                return await SendAsync(backend, request, cancellationToken);
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                && pool.Choose(except: backend) is not null)
            {
                backend = pool.Choose(except: backend);
            }
        }

        return Refuse(request, "no server is well");
    }

    private bool MayGo(HttpRequestMessage request)
    {
        if (!request.Headers.Contains(AttemptsHeader))
        {
            pool.Budget.Save();
            return true;
        }

        var allowed = pool.Budget.TrySpend();
        metrics.Retried(pool.Destination.ToString(), allowed);
        return allowed;
    }

    private async Task<HttpResponseMessage> SendAsync(Backend backend, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        backend.Begin();
        try
        {
            var response = await SendUnlessLostAsync(backend, request, cancellationToken);
            if (IsFailure(response))
            {
                pool.Failed(backend);
            }
            else
            {
                backend.Health.Succeeded(time.GetElapsedTime(started));
            }

            return response;
        }
        catch (HttpRequestException)
        {
            pool.Failed(backend);
            throw;
        }
        catch (OperationCanceledException) when (time.GetElapsedTime(started) > pool.SilenceMax && backend.Health.AnsweredAt < started)
        {
            // Whether the caller had enough or her time was over: nobody got an answer meanwhile.
            pool.Failed(backend);
            throw;
        }
        finally
        {
            backend.End();
        }
    }

    private static async Task<HttpResponseMessage> SendUnlessLostAsync(Backend backend, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var lost = backend.Lost;
        var sending = backend.Invoker.SendAsync(request, cancellationToken);
        try
        {
            return await sending.WaitAsync(lost);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Abandon(sending);
            // As if the connection had been cut: the client takes it for UNAVAILABLE.
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "the server is silent", new IOException("the server is silent"));
        }
    }

    private static void Abandon(Task<HttpResponseMessage> sending) => sending.ContinueWith(
        static late =>
        {
            if (late.IsCompletedSuccessfully)
            {
                late.GetAwaiter().GetResult().Dispose();
            }
            else
            {
                _ = late.Exception;
            }
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    // A status that comes with details was made by the application, which is there: overload, or a part that is not ready.
    private static bool IsFailure(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        || (response.Headers.TryGetValues(StatusHeader, out var status)
            && status.FirstOrDefault() == Number(StatusCode.Unavailable)
            && !response.Headers.Contains(DetailsHeader));

    // An answer without a body, as a server itself refuses; and "do not try again" to the client.
    private static HttpResponseMessage Refuse(HttpRequestMessage request, string why)
    {
        var refusal = new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Version = HttpVersion.Version20,
            Content = new ByteArrayContent([]),
        };
        refusal.Content.Headers.ContentType = new("application/grpc");
        refusal.Headers.TryAddWithoutValidation(StatusHeader, Number(StatusCode.Unavailable));
        refusal.Headers.TryAddWithoutValidation("grpc-message", GrpcMessage.Encode(why));
        refusal.Headers.TryAddWithoutValidation("grpc-retry-pushback-ms", "-1");
        return refusal;
    }

    private static string Number(StatusCode code) => ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
