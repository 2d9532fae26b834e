namespace KpGrpc.Gateway.Security.Tokens;

/// <summary>Stands where no issuer is configured: no token is good.</summary>
internal sealed class NoIssuer : IIssuer
{
    public ValueTask<IssuerKeys?> ReadAsync(CancellationToken cancellationToken) => default;

    public void Suspect()
    {
    }
}
