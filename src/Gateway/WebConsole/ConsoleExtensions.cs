using KpGrpc.Gateway.OpenApi;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.WebConsole;

/// <summary>Serves what is for people: the console at <c>/</c>, and the JSON routes as <c>/docs</c> and <c>/openapi.json</c>.</summary>
internal static partial class ConsoleExtensions
{
    private const string HtmlType = "text/html; charset=utf-8";
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ConsoleOptions, ConsoleOptionsValidator>().BindConfiguration(ConsoleOptions.SectionName);
        return services.AddSingleton<ApiPages>();
    }

    /// <summary>Maps the pages. They hold nothing but the program's own files, so they are open to everybody.</summary>
    public static WebApplication MapConsole(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ConsoleOptions>>().Value;
        if (!options.Enabled)
        {
            return app;
        }

        var files = ConsoleFiles.Read(options.Directory);
        if (files is null)
        {
            LogUnbuilt(app.Logger, options.Directory);
            var unbuilt = new PageContent(PageResources.Read("WebConsole.unbuilt.html"), HtmlType);
            app.MapPage("/", () => unbuilt);
        }
        else
        {
            app.MapPage("/", () => files.All[ConsoleFiles.IndexName]);
            foreach (var (name, content) in files.All)
            {
                app.MapPage($"/console/{name}", () => content);
            }
        }

        var api = app.Services.GetRequiredService<ApiPages>();
        app.MapPage("/openapi.json", () => api.Document);
        app.MapPage("/docs", () => api.Page);
        app.MapPage("/docs/style.css", () => api.Style);
        return app;
    }

    private static void MapPage(this WebApplication app, string route, Func<PageContent> content) =>
        app.MapMethods(route, Methods, context => content().Answer(context).ExecuteAsync(context)).AllowAnonymous();

    [LoggerMessage(Level = LogLevel.Information, Message = "The web console is not built ({Directory}): / says how; every call works without it.")]
    private static partial void LogUnbuilt(ILogger logger, string directory);
}
