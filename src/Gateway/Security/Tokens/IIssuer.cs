namespace KpGrpc.Gateway.Security.Tokens;

/// <summary>Who signs tokens: an issuer that is known by its metadata, or the development issuer of this process.</summary>
internal interface IIssuer
{
    /// <summary>Its name and keys as they are known now.</summary>
    /// <returns>Null where they cannot be read. The same object until something changes.</returns>
    ValueTask<IssuerKeys?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>A token named a key that is not known: there may be new ones. Bounded inside, so that garbage cannot cause traffic.</summary>
    void Suspect();
}
