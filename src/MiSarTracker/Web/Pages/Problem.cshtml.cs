using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MiSarTracker.Core;
using MiSarTracker.Service;

namespace MiSarTracker.Web.Pages;

/// <summary>Says what went wrong and what to do: the failures of the product in their own words, a bug without its entrails.</summary>
[IgnoreAntiforgeryToken]
internal sealed class ProblemModel(ILogger<ProblemModel> log) : PageModel
{
    public string Heading { get; private set; } = "";

    public string Words { get; private set; } = "";

    public string? Remedy { get; private set; }

    public void OnGet() => Explain();

    public void OnPost() => Explain();

    private void Explain()
    {
        var fault = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        if (fault is null)
            Of(HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null ? StatusCodes.Status404NotFound : Response.StatusCode);
        else if (fault.Error is MisarFailure failure)
            Of(failure);
        else
            OfBug(fault);
    }

    private void Of(MisarFailure failure)
    {
        (Heading, Response.StatusCode) = failure switch
        {
            Refusal => ("Not possible", StatusCodes.Status404NotFound),
            BadInput => ("Not readable", StatusCodes.Status400BadRequest),
            Unavailable => ("Not now", StatusCodes.Status503ServiceUnavailable),
            _ => ("Stored data is damaged", StatusCodes.Status500InternalServerError),
        };
        (Words, Remedy) = (failure.Message, failure.Remedy);
    }

    private void OfBug(IExceptionHandlerPathFeature fault)
    {
        Messages.PageFailed(log, fault.Error, Request.Method, fault.Path);
        Response.StatusCode = fault.Error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        (Heading, Words) = ("An unexpected fault", "This is a bug. What happened stands where misar serve was started; your data is as it was.");
    }

    private void Of(int status)
    {
        Response.StatusCode = status;
        (Heading, Words) = status switch
        {
            StatusCodes.Status404NotFound => ("Nothing here", "There is no such page."),
            StatusCodes.Status400BadRequest => ("Not accepted", "The form is too old, or did not come from these pages. Go back, load the page again and try once more."),
            _ => ("Not possible", $"The service answered with {status}."),
        };
    }
}
