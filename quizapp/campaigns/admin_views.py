"""Campaigns and channels, as organisers work on them."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import list_open_units_for
from quizapp.accounts.roles import Role
from quizapp.campaigns import addresses, channels, editing, queries, snapshots
from quizapp.campaigns.blueprint import blueprint
from quizapp.campaigns.forms import CampaignForm, ChannelForm
from quizapp.campaigns.rules import Rules
from quizapp.core import clock, qr
from quizapp.core.forms import Form
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions.queries import list_banks


@blueprint.get("/campaigns")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def campaigns() -> ResponseReturnValue:
    """Every campaign, the latest first."""
    found = queries.list_campaigns_for(the_user())
    return render_template("campaigns/campaigns.html", campaigns=found, now=clock.now())


@blueprint.route("/campaigns/new", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def new_campaign() -> ResponseReturnValue:
    """Plan a campaign."""
    form = CampaignForm(list_banks(), list_open_units_for(the_user(), *queries.ORGANISERS))
    if form.validate_on_submit():
        campaign = editing.create_campaign(form.plan(), current_app.config["DATA_KEY"])
        flash("活动已保存，尚未发布。", "success")
        db.session.commit()
        return redirect(url_for("campaigns.campaign", campaign_id=campaign.id))
    return render_template("campaigns/new_campaign.html", form=form)


@blueprint.get("/campaigns/<int:campaign_id>")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def campaign(campaign_id: int) -> ResponseReturnValue:
    """One campaign: its plan, whether citizens see it, its channels."""
    found = queries.get_campaign_for(the_user(), campaign_id)
    current = queries.find_current_snapshot(found)
    return render_template(
        "campaigns/campaign.html",
        campaign=found,
        rules=Rules.from_dict(found.rules),
        banks={bank.id: bank.name for bank in list_banks()},
        published_at=current and current.published_at,
        has_unpublished_edits=current and snapshots.has_unpublished_edits(found, current),
        shortfall=snapshots.find_shortfall(found),
        channels=queries.list_channels(found.id),
        form=ChannelForm(data={"name": request.args.get("name")}),
        publish_form=Form(),
        now=clock.now(),
    )


@blueprint.route("/campaigns/<int:campaign_id>/edit", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def edit_campaign(campaign_id: int) -> ResponseReturnValue:
    """Change a campaign's plan."""
    found = queries.get_campaign_for(the_user(), campaign_id)
    units = list_open_units_for(the_user(), *queries.ORGANISERS, present=found.unit_id)
    form = CampaignForm(list_banks(), units, found)
    if form.validate_on_submit():
        editing.edit_campaign(found, form.plan())
        flash("修改已保存。发布后，群众才会看到新内容。", "success")
        db.session.commit()
        return redirect(url_for("campaigns.campaign", campaign_id=found.id))
    return render_template("campaigns/edit_campaign.html", form=form, campaign=found)


@blueprint.post("/campaigns/<int:campaign_id>/publish")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def publish(campaign_id: int) -> ResponseReturnValue:
    """Let citizens see the campaign as it now stands."""
    found = queries.get_campaign_for(the_user(), campaign_id)
    try:
        snapshots.publish(found)
    except QuizError as error:
        flash(error.advice, "danger")
    else:
        flash("活动已发布。", "success")
    db.session.commit()
    return redirect(url_for("campaigns.campaign", campaign_id=found.id))


@blueprint.post("/campaigns/<int:campaign_id>/channels")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def new_channel(campaign_id: int) -> ResponseReturnValue:
    """Add a channel with its code."""
    found = queries.get_campaign_for(the_user(), campaign_id)
    form = ChannelForm()
    if not form.validate_on_submit():
        flash("渠道没有新建：" + "".join(form.name.errors), "danger")
        return redirect(url_for("campaigns.campaign", campaign_id=found.id, name=form.name.data))
    channel = channels.create_channel(found, form.name.data)
    db.session.commit()
    return redirect(url_for("campaigns.channel", channel_id=channel.id))


@blueprint.get("/channels/<int:channel_id>")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def channel(channel_id: int) -> ResponseReturnValue:
    """A channel's code, to show and to print."""
    found, of_campaign = queries.get_channel_for(the_user(), channel_id)
    return render_template(
        "campaigns/channel.html",
        channel=found,
        campaign=of_campaign,
        address=addresses.scan_address(found.code),
        caution=addresses.caution(),
    )


@blueprint.get("/channels/<int:channel_id>/qr.<any(png, svg):form>")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def channel_qr(channel_id: int, form: str) -> ResponseReturnValue:
    """The bare code as an image."""
    found, _ = queries.get_channel_for(the_user(), channel_id)
    content = addresses.scan_address(found.code)
    image, media_type = (
        (qr.png(content), "image/png") if form == "png" else (qr.svg(content), "image/svg+xml")
    )
    headers = {"Content-Type": media_type}
    if "download" in request.args:
        headers["Content-Disposition"] = f'attachment; filename="{found.code}.{form}"'
    return image, headers
