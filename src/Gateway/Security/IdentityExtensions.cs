using KpGrpc.Gateway.Security.ApiKeys;
using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Gateway.Security.Certificates;
using KpGrpc.Gateway.Security.Policies;
using KpGrpc.Gateway.Security.Tokens;
using KpGrpc.Gateway.Security.Tokens.Development;
using KpGrpc.Gateway.Services.Access;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Security;

/// <summary>Adds what finds out who calls and decides what she may do.</summary>
internal static class IdentityExtensions
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<IdentityOptions, IdentityOptionsValidator>().BindConfiguration(IdentityOptions.SectionName);
        services.AddOptionsWithValidateOnStart<TlsOptions, TlsOptionsValidator>().BindConfiguration(TlsOptions.SectionName);
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, TlsSetup>();
        services.AddSingleton<DevelopmentIssuer>();
        services.AddSingleton<MetadataIssuer>();
        services.AddSingleton(ChooseIssuer);
        services.AddSingleton<TokenCache>();
        services.AddSingleton<TokenReader>();
        services.AddSingleton<ApiKeyBook>();
        services.AddSingleton<CertificateCallers>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<Policy>();
        services.AddGrpc(grpc => grpc.Interceptors.Add<OwnershipInterceptor>());
        return services;
    }

    /// <summary>Refuses a wrong composition, and reads what has to be read from disk: a fault is one line at the start.</summary>
    /// <exception cref="StartupException">A setting or file is wrong in a way that the operator can mend.</exception>
    public static void CheckIdentity(this WebApplication app)
    {
        var gateway = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        IdentityCheck.Check(gateway, ValueOf<IdentityOptions>(app.Services), ValueOf<TlsOptions>(app.Services), ValueOf<HostingOptions>(app.Services), app.Environment);
        app.Services.GetRequiredService<Credentials>();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(IdentityCheck).FullName!);
        IdentityCheck.Warn(gateway, IssuesTokens(app.Services), log);
    }

    /// <summary>Puts the door behind routing and CORS, in front of every endpoint.</summary>
    public static void UseIdentity(this WebApplication app)
    {
        app.UseMiddleware<DoorMiddleware>();
        if (IssuesTokens(app.Services))
        {
            DevelopmentEndpoints.Map(app);
        }
    }

    private static IIssuer ChooseIssuer(IServiceProvider provider)
    {
        if (IssuesTokens(provider))
        {
            return provider.GetRequiredService<DevelopmentIssuer>();
        }

        return ValueOf<IdentityOptions>(provider).MetadataAddress.Length > 0 ? provider.GetRequiredService<MetadataIssuer>() : new NoIssuer();
    }

    private static bool IssuesTokens(IServiceProvider provider) => IdentityCheck.IssuesTokens(
        ValueOf<IdentityOptions>(provider), ValueOf<HostingOptions>(provider), provider.GetRequiredService<IHostEnvironment>());

    private static TOptions ValueOf<TOptions>(IServiceProvider provider)
        where TOptions : class => provider.GetRequiredService<IOptions<TOptions>>().Value;
}
